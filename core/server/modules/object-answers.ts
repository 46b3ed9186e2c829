import { writeDateTime } from '../../ocpi/date-time.ts';
import type { Version } from '../../ocpi/versions.ts';
import { type ReplyBody, textBody } from '../reply-body.ts';
import type { OcpiRequest, PlannedReply } from '../responder.ts';

/** Put together from texts, so that what is served is neither parsed nor written anew. */
export function answered(data: string, now: number): { readonly body: ReplyBody; readonly ocpiStatus: number } {
  const text = `{"data":${data},"status_code":1000,"status_message":"Success","timestamp":"${writeDateTime(now)}"}`;
  return { body: textBody(text), ocpiStatus: 1000 };
}

/** There is no such object (digest 1.5). */
export function unknown(statusCode: number, statusMessage: string): PlannedReply {
  return { status: 404, envelope: { statusCode, statusMessage } };
}

export function versionOf({ version }: Pick<OcpiRequest, 'version'>): Version {
  if (version === undefined) throw new Error('a module stands below a version');
  return version;
}
