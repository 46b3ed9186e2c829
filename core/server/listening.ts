import type { Server } from 'node:http';

/** Why a server does not listen, for the operator. */
export interface NotStarted {
  readonly ok: false;
  readonly code: 'PORT_TAKEN' | 'ADDRESS' | 'PERMISSION' | 'TLS';
  readonly message: string;
  readonly advice: string;
}

export const notStarted = {
  publicUrl: (fault: string): NotStarted => ({
    ok: false,
    code: 'ADDRESS',
    message: `The public URL cannot be advertised: ${fault}.`,
    advice: 'Give the URL under which partners reach this server, for example https://ocpi.example.com/workbench.',
  }),
  tls: (error: unknown): NotStarted => ({
    ok: false,
    code: 'TLS',
    message: `The certificate or its key cannot be used: ${messageOf(error)}.`,
    advice: 'Both have to be PEM texts, and the key the one the certificate was made for.',
  }),
};

/** Starts listening; resolves with the port that was taken. */
export async function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<{ readonly ok: true; readonly port: number } | NotStarted> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    return explain(error, { host, port });
  }
  const address = server.address();
  return { ok: true, port: typeof address === 'object' && address !== null ? address.port : port };
}

function explain(error: unknown, { host, port }: { host: string; port: number }): NotStarted {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return {
        ok: false,
        code: 'PORT_TAKEN',
        message: `Port ${port} of ${host} is in use by another program.`,
        advice: 'Stop the other program, or choose another port; partners that know the old URL must then be told.',
      };
    case 'EACCES':
      return {
        ok: false,
        code: 'PERMISSION',
        message: `This user may not listen on port ${port} of ${host}.`,
        advice: 'Choose a port of 1024 or more, and let a reverse proxy stand in front of it.',
      };
    default:
      return {
        ok: false,
        code: 'ADDRESS',
        message: `Nothing can listen on ${host}, port ${port}: ${messageOf(error)}.`,
        advice: 'Use an address of this machine, 127.0.0.1 or 0.0.0.0, and a port from 0 to 65535.',
      };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
