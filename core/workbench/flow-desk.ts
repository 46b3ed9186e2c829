import { done, failed, type Outcome } from '../contract/failure.ts';
import type { Link } from '../contract/link.ts';
import type { AdoptLink, Invitation, InviteLink, LinkView } from '../contract/links.ts';
import type { RunKind } from '../contract/run.ts';
import { type DoctorPorts, examine } from '../flows/doctor.ts';
import { register, update } from '../flows/registration/initiator.ts';
import { look } from '../flows/registration/look.ts';
import type { FlowResult, RegistrationPorts, RunContext } from '../flows/registration/ports.ts';
import { unregister } from '../flows/registration/unregister.ts';
import type { Version } from '../ocpi/versions.ts';
import { askFirst, type LinkDesk } from './link-desk.ts';
import type { PlatformDesk } from './platform.ts';
import type { RunDesk } from './run-desk.ts';
import type { Serving } from './serving.ts';

interface OnLink {
  readonly name: string;
  readonly confirmed?: boolean | undefined;
}

/** What an operator starts; each answers with the id of its run, or why there is none. */
export interface FlowDesk {
  register(input: OnLink & { readonly version?: Version | undefined }): Outcome<number>;
  rotate(input: OnLink): Outcome<number>;
  unregister(input: OnLink & { readonly localOnly?: boolean | undefined }): Outcome<number>;
  /** Reads an adopted link's versions and endpoints again: what its adoption did, or could not do. */
  look(input: { readonly name: string; readonly version?: Version | undefined }): Outcome<number>;
  doctor(input: { readonly name?: string | undefined }): Outcome<number>;
  adopt(input: AdoptLink): Outcome<{ link: LinkView; runId: number }>;
  /** Chooses a port first where none was ever chosen, so that the versions URL handed out stays good. */
  invite(input: InviteLink): Promise<Outcome<Invitation>>;
}

export interface FlowDeskOptions {
  readonly links: LinkDesk;
  readonly platform: PlatformDesk;
  readonly runs: RunDesk;
  readonly serving: Serving;
  readonly ports: RegistrationPorts;
  readonly doctorPorts: () => DoctorPorts;
}

export function createFlowDesk({ links, platform, runs, serving, ports, doctorPorts }: FlowDeskOptions): FlowDesk {
  /** Partners call back while a flow is open: it is served as long as it takes. */
  const startServed = (kind: RunKind, linkId: number | undefined, flow: (run: RunContext) => Promise<FlowResult>) =>
    runs.start({ kind, initiator: 'us', ...(linkId === undefined ? {} : { linkId }) }, async run => {
      const served = await serving.during(() => flow(run));
      if (served.ok) return served.value;
      const { message, advice } = served.failure;
      run.tell({ step: 'our server', ok: false, exchangeIds: [], reason: `${message}. ${advice}` });
      return { ok: false, summary: message };
    });

  const onLink = (input: OnLink, what: string, start: (link: Link) => Outcome<number>): Outcome<number> => {
    const found = links.findOwn(input.name);
    if (!found.ok) return found;
    return askFirst(found.value, input.confirmed, what) ?? start(found.value);
  };

  return {
    register: input =>
      onLink(input, 'registering changes its credentials', link => {
        const refused = refuseWrite(link);
        if (refused !== undefined) return refused;
        const options = { linkId: link.id, ...(input.version === undefined ? {} : { version: input.version }) };
        if (link.state === 'registered' || link.state === 'adopted') {
          if (input.version !== undefined) {
            const unusable = refuseWithoutPut(link) ?? refuseWithoutToken(links, link);
            return unusable ?? startServed('update', link.id, run => update(ports, run, options));
          }
          return failed(
            'WRONG_STATE',
            `${link.name} is ${link.state} already`,
            `wb rotate ${link.name} exchanges the tokens anew; wb register ${link.name} --version V switches the version.`,
          );
        }
        const unusable = refuseWithoutToken(links, link);
        return unusable ?? startServed('registration', link.id, run => register(ports, run, options));
      }),
    rotate: input =>
      onLink(input, 'rotating changes its credentials', link => {
        const refused = refuseWrite(link);
        if (refused !== undefined) return refused;
        if (link.state !== 'registered' && link.state !== 'adopted') {
          return failed(
            'WRONG_STATE',
            `${link.name} is ${link.state}: there are no tokens to rotate`,
            `Register first: wb register ${link.name}.`,
          );
        }
        const unusable = refuseWithoutPut(link) ?? refuseWithoutToken(links, link);
        return unusable ?? startServed('rotation', link.id, run => update(ports, run, { linkId: link.id }));
      }),
    unregister: input =>
      onLink(input, 'unregistering ends the connection', link => {
        if (!['registered', 'adopted', 'suspended'].includes(link.state)) {
          return failed(
            'WRONG_STATE',
            `${link.name} is ${link.state}: there is no registration to end`,
            'Nothing to do.',
          );
        }
        const refused = input.localOnly ? undefined : refuseWrite(link);
        if (refused !== undefined) return refused;
        const options = { linkId: link.id, ...(input.localOnly ? { localOnly: true } : {}) };
        return runs.start({ kind: 'unregistration', linkId: link.id, initiator: 'us' }, run =>
          unregister(ports, run, options),
        );
      }),
    look: ({ name, version }) => {
      const found = links.findOwn(name);
      if (!found.ok) return found;
      const { id, state } = found.value;
      if (state !== 'adopted') {
        const advice = 'A registration reads the endpoints by itself: wb register, or wb rotate where it stands.';
        return failed('WRONG_STATE', `${name} is ${state}, not adopted`, advice);
      }
      return runs.start({ kind: 'look', linkId: id, initiator: 'us' }, run =>
        look(ports, run, { linkId: id, ...(version === undefined ? {} : { version }) }),
      );
    },
    doctor: ({ name }) => {
      const found = name === undefined ? undefined : links.findOwn(name);
      if (found !== undefined && !found.ok) return found;
      const chosen =
        found === undefined ? links.list().filter(({ importedLog }) => importedLog === null) : [found.value];
      const linkId = found?.value.id;
      return runs.start({ kind: 'doctor', initiator: 'us', ...(linkId === undefined ? {} : { linkId }) }, async run => {
        const served = await serving.during(() => examine(doctorPorts(), run, chosen));
        if (served.ok) return served.value;
        const { message, advice } = served.failure;
        run.tell({ step: 'our server', ok: false, exchangeIds: [], reason: `${message}. ${advice}` });
        const rest = await examine(doctorPorts(), run, chosen);
        return { ok: false, summary: rest.ok ? message : `${message}; ${rest.summary}` };
      });
    },
    adopt: input => {
      const adopted = links.adopt(input);
      if (!adopted.ok) return adopted;
      const link = adopted.value;
      const started = runs.start({ kind: 'adoption', linkId: link.id, initiator: 'us' }, run =>
        look(ports, run, { linkId: link.id, ...(input.version === undefined ? {} : { version: input.version }) }),
      );
      return started.ok ? done({ link, runId: started.value }) : started;
    },
    invite: async input => {
      if (platform.versionsUrl() === undefined) {
        const chosen = await serving.during(async () => undefined);
        if (!chosen.ok) return chosen;
      }
      return links.invite(input);
    },
  };
}

/** A link adopted for looking, or suspended, lets nothing out that changes the partner. */
function refuseWrite(link: Link): Outcome<never> | undefined {
  if (link.state === 'suspended') {
    return failed('WRONG_STATE', `${link.name} is suspended`, `wb link set ${link.name} --resume ends that.`);
  }
  if (!link.readOnly) return undefined;
  return failed(
    'READ_ONLY_LINK',
    `${link.name} is read-only: only GET leaves`,
    `wb link set ${link.name} --unlock lets writes out.`,
  );
}

/** Some hubs end a registration and begin another one instead (failures.md, hub-fifo). */
function refuseWithoutPut({ name, settings }: Link): Outcome<never> | undefined {
  if (settings.credentialsPut !== false) return undefined;
  return failed(
    'WRONG_STATE',
    `${name} takes no PUT of credentials, as its settings say`,
    `wb unregister ${name}, ask it for a new token A, and wb register ${name} with that; or wb link set ${name} --credentials-put on.`,
  );
}

function refuseWithoutToken(links: LinkDesk, link: Link): Outcome<never> | undefined {
  if (link.versionsUrl === undefined) {
    return failed(
      'WRONG_STATE',
      `${link.name} was invited: it registers with us`,
      `To register with it, set its address first: wb link set ${link.name} --versions-url URL --token A.`,
    );
  }
  const view = links.get(link.name);
  const outgoing = view.ok
    ? view.value.tokens.filter(({ direction, state }) => direction === 'outgoing' && state !== 'retired')
    : [];
  if (outgoing.some(({ readable }) => readable)) return undefined;
  const option = link.state === 'registered' || link.state === 'adopted' ? '--token TOKEN' : '--token A';
  return outgoing.length > 0
    ? failed(
        'TOKEN_UNREADABLE',
        `the token for ${link.name} was sealed with a key that is gone`,
        `Enter it anew: wb link set ${link.name} ${option}.`,
      )
    : failed(
        'TOKEN_MISSING',
        `there is no live token to call ${link.name} with`,
        `Enter the one it gave us: wb link set ${link.name} ${option}.`,
      );
}
