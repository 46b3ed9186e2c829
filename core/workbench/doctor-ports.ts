import type { Call } from '../client/call.ts';
import type { Clock } from '../clock.ts';
import type { DoctorPorts } from '../flows/doctor.ts';
import type { RegistrationPorts } from '../flows/registration/ports.ts';
import type { History } from '../history/history.ts';
import { lookAtTls, lookUpHost } from '../http/look.ts';
import { DEFAULT_WIRE_SETTINGS } from '../http/wire.ts';
import { headerValue } from '../ocpi/raw-headers.ts';
import type { Callers } from './callers.ts';
import { wireSettingsOf } from './calls.ts';
import type { PlatformDesk } from './platform.ts';
import type { Recording } from './recording.ts';
import type { Serving } from './serving.ts';

export interface DoctorPortOptions {
  readonly clock: Clock;
  readonly registration: RegistrationPorts;
  readonly platform: PlatformDesk;
  readonly serving: Serving;
  readonly recording: Recording;
  readonly callers: Pick<Callers, 'visit'>;
  readonly history: History;
  readonly call: Call;
  readonly newId: () => string;
}

export function bindDoctor(options: DoctorPortOptions): DoctorPorts {
  const { clock, registration, platform, serving, history } = options;
  return {
    clock,
    registration,
    own: {
      versionsUrl: platform.versionsUrl() ?? 'no address yet',
      versions: platform.config().versions,
      serving: serving.isOn(),
      loopbackOnly: platform.isLoopbackOnly(),
    },
    reachOurselves: runId => reachOurselves(options, runId),
    lookUp: host => lookUpHost(host),
    lookAtTls: (link, url) => lookAtTls(url, wireSettingsOf(link.settings), clock),
    dateOf: id => {
      const record = history.exchanges.record(id);
      return record?.response === undefined ? undefined : headerValue(record.response.headers, 'date');
    },
    earlyRefusals: () => serving.earlyRefusals(),
  };
}

/** Calls the advertised URL as a partner would: the request id tells whether that very request arrived here. */
async function reachOurselves({ call, platform, recording, callers, newId }: DoctorPortOptions, runId: number) {
  const url = platform.versionsUrl() ?? '';
  const requestId = newId();
  const expected = recording.expectArrival(requestId);
  const visit = callers.visit();
  try {
    const answer = await call({
      runId,
      operation: 'versions.list',
      method: 'GET',
      url,
      token: { value: visit.token, form: 'base64' },
      headers: [['X-Request-ID', requestId]],
      settings: DEFAULT_WIRE_SETTINGS,
    });
    const { exchangeIds, httpStatus } = answer;
    const met = expected.arrived
      ? answer.ok
        ? `a call to ${url} arrives here`
        : `a call to ${url} arrives here, but not as it was sent, or its answer does not get back: ${answer.reason}`
      : httpStatus === undefined
        ? `${url} cannot be reached: ${answer.reason}`
        : `${url} is answered by somebody else (HTTP ${httpStatus}): the call did not arrive here`;
    return { ok: expected.arrived && answer.ok, reason: met, exchangeIds };
  } finally {
    visit.forget();
    expected.forget();
  }
}
