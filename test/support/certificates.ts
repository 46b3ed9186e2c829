import { readFileSync } from 'node:fs';

/** A certificate and its key in PEM. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

export type CertificateName = 'server' | 'expired' | 'wrong-host' | 'self-signed' | 'client';

/** The authority that signed them all but `self-signed`, in PEM. */
export const testAuthority = pem('ca');

/** One of the certificates in test/fixtures/tls (what each is for: its README). */
export function testCertificate(name: CertificateName): TestCertificate {
  return { cert: pem(name), key: pem(`${name}-key`) };
}

function pem(name: string): string {
  return readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url), 'utf8');
}
