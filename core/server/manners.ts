import type { WrittenForm } from '../ocpi/authorization.ts';
import type { Version } from '../ocpi/versions.ts';
import type { Admission, AdmissionRequest } from './admission.ts';
import { refusals } from './refusals.ts';
import { NO_BODY, textBody } from './reply-body.ts';
import type { PlannedReply } from './responder.ts';

/** Where this server leaves the good manners of the others; each is absent unless wanted (failures.md 1, 3, 10, 19, 34). */
export interface Manners {
  /** The only ways in which a token may be written, by the version in the path; others are answered as unknown tokens. */
  readonly tokenForms?: Readonly<Partial<Record<Version | 'versions', readonly WrittenForm[]>>>;
  /** A path that does not end in a slash is redirected to the one that does, before anything else is looked at. */
  readonly slashRedirect?: 301 | 307 | 308;
  /** PUT of credentials is answered 405: whoever changes its credentials deletes and registers anew. */
  readonly withoutCredentialsPut?: boolean;
  /**
   * Errors are those of the web framework: `{"detail": ...}` without an envelope, 403 for an unknown token, 422 for what
   * OCPI answers with 400 or with 200 and a client error (2xxx).
   */
  readonly frameworkErrors?: boolean;
}

/** Changes verdicts and replies as the manners have it; what they do not name stays as it is. */
export function createManners(manners: Manners) {
  return {
    admitted: (admission: Admission, { method, target }: Pick<AdmissionRequest, 'method' | 'target'>): Admission => {
      const { operation, caller, version } = admission;
      const refuse = (reply: PlannedReply): Admission => ({ ...admission, verdict: { kind: 'refused', reply } });
      const slashed = withSlash(target);
      if (manners.slashRedirect !== undefined && operation !== 'unknown' && slashed !== undefined) {
        return refuse({ status: manners.slashRedirect, headers: [['Location', slashed]], body: NO_BODY });
      }
      const forms = manners.tokenForms?.[version ?? 'versions'];
      if (caller !== undefined && forms !== undefined && !forms.includes(caller.form)) {
        return refuse(refusals.unauthorized('This token is not known here.', []));
      }
      if (manners.withoutCredentialsPut && operation === 'credentials.put' && admission.verdict.kind === 'admitted') {
        return refuse(refusals.wrongMethod(method, ['GET', 'HEAD', 'POST', 'DELETE']));
      }
      return admission;
    },
    dressed: (reply: PlannedReply): PlannedReply => (manners.frameworkErrors ? asFrameworkError(reply) : reply),
  };
}

/** The target with a slash behind its path, for redirecting; undefined where there is one. */
function withSlash(target: string): string | undefined {
  const end = target.indexOf('?');
  const path = end === -1 ? target : target.slice(0, end);
  return path.endsWith('/') ? undefined : `${path}/${target.slice(path.length)}`;
}

function asFrameworkError(reply: PlannedReply): PlannedReply {
  if (!('envelope' in reply)) return reply;
  const { envelope, headers = [], ...facts } = reply;
  const clientError = facts.status === 400 || (facts.status === 200 && Math.floor(envelope.statusCode / 1000) === 2);
  if (facts.status < 400 && !clientError) return reply;
  const status = clientError ? 422 : facts.status === 401 ? 403 : facts.status;
  return {
    ...facts,
    status,
    headers: headers.filter(([name]) => name !== 'WWW-Authenticate'),
    body: textBody(JSON.stringify({ detail: envelope.statusMessage ?? 'Error' })),
  };
}
