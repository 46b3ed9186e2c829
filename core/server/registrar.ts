import type { CredentialsView } from '../ocpi/credentials.ts';
import type { Finding } from '../ocpi/findings.ts';
import type { Version } from '../ocpi/versions.ts';
import type { Caller } from './caller.ts';

/** A call to our credentials endpoint, read and authenticated. */
export interface RegistrarCall {
  readonly caller: Caller;
  /** The version whose credentials endpoint was called: the one a PUT switches to (T8b). */
  readonly version: Version;
  /** The open exchange that POST, PUT and DELETE stand in; absent for GET. */
  readonly exchangeId?: number;
  /** Aborts when the peer has gone before its answer was out. */
  readonly signal: AbortSignal;
}

export interface RegistrarCallWithCredentials extends RegistrarCall {
  readonly credentials: CredentialsView;
}

/** What the registration decided, and what it wants to hear about the answer's fate. */
export type RegistrarAnswer = RegistrarFacts &
  (
    | { readonly kind: 'credentials'; readonly credentials: CredentialsView }
    /** `http` is 200 for what OCPI calls a failure of content: 3001, 3002, 3003 (digest 3.2). */
    | { readonly kind: 'refused'; readonly http: number; readonly ocpi: number; readonly message: string }
    /** 405: POST while registered, PUT and DELETE while not. */
    | { readonly kind: 'not-allowed'; readonly allow: readonly string[]; readonly message?: string }
    | { readonly kind: 'done' }
  );

interface RegistrarFacts {
  readonly findings?: readonly Finding[];
  readonly runId?: number;
  readonly linkId?: number;
  /** Called once: whether the answer reached the peer's socket. A registration is only good when it did. */
  readonly settled?: (delivered: boolean) => void;
}

/** The work behind the credentials endpoint. Register-state rules are decided here, not in the server. */
export interface Registrar {
  get(call: RegistrarCall): RegistrarAnswer | Promise<RegistrarAnswer>;
  post(call: RegistrarCallWithCredentials): Promise<RegistrarAnswer>;
  put(call: RegistrarCallWithCredentials): Promise<RegistrarAnswer>;
  delete(call: RegistrarCall): Promise<RegistrarAnswer>;
}
