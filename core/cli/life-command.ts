import type { Command } from 'commander';
import { type LifeView, type SetLife, StartCharge } from '../contract/life.ts';
import type { ContractClient } from '../loopback/client.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { type LifeFlags, readLife } from './life-options.ts';
import { withContract } from './session.ts';
import { printJson, tell } from './terminal.ts';

interface Flags extends CommonOptions, LifeFlags {
  readonly sandbox?: boolean;
  readonly start?: string | true;
  readonly stop?: string;
  readonly pause?: boolean;
  readonly resume?: boolean;
  readonly link?: string;
  readonly location?: string;
  readonly evse?: string;
  readonly connector?: string;
  readonly token?: string;
  readonly kwh?: string;
}

export function lifeCommand(): Command {
  return command('life', 'simulated charging at our own chargers, and what goes on: drivers, sessions, CDRs')
    .option('--speed <factor>', 'simulated seconds in a real one, 1 to 1000')
    .option('--charges <count>', 'so many drivers charge at once, by themselves; 0 ends that')
    .option('--arrivals <rate>', 'drivers that come by themselves, in an hour at each location')
    .option('--start [as]', 'one charge: driver (the default), app or card; the last two at a charger of --link')
    .option('--link <name>', 'whose customer the driver is; whose charger it is, of app and card')
    .option('--location <id>', 'where; any free charger unless said')
    .option('--evse <uid>')
    .option('--connector <id>')
    .option('--token <uid>', 'of the driver')
    .option('--kwh <energy>', 'after which the car leaves')
    .option('--stop <id>', 'ends a session or trip, withdraws a reservation')
    .option('--pause', 'time stands')
    .option('--resume', 'time runs again')
    .option('--sandbox', 'the simulation of the sandbox beside instead of our own')
    .action((options: Flags) =>
      perform(options, async () => {
        const wanted = readWanted(options);
        return withContract(options, async client => {
          const life = options.sandbox ? client.sandbox.life : client.life;
          const started = await act(life, wanted);
          const view = await life.get();
          if (options.json) printJson(started === undefined ? view : { started, ...view });
          else {
            if (started !== undefined) process.stdout.write(`begun: ${started}\n`);
            show(view);
          }
          return 0;
        });
      }),
    );
}

interface Wanted extends Pick<Flags, 'stop' | 'pause' | 'resume'> {
  readonly set: SetLife;
  readonly charge: StartCharge | undefined;
}

/** Thrown where an option makes no sense, before anything is done. */
function readWanted(options: Flags): Wanted {
  const { start, stop, pause = false, resume = false } = options;
  if (pause && resume) throw usageFailure('--pause and --resume are both given', 'Give one of them.');
  const charge = start === undefined ? undefined : readStart(start, options);
  return { set: readLife(options), charge, pause, resume, ...(stop === undefined ? {} : { stop }) };
}

/** The id of what began. */
async function act(life: ContractClient['life'], wanted: Wanted): Promise<string | undefined> {
  const { set, charge, stop, pause, resume } = wanted;
  if (Object.keys(set).length > 0) await life.set(set);
  if (pause) await life.pause();
  if (resume) await life.resume();
  if (stop !== undefined) await life.stop({ id: stop });
  return charge === undefined ? undefined : (await life.start(charge)).id;
}

function readStart(start: string | true, { link, location, evse, connector, token, kwh }: Flags): StartCharge {
  const named = { link, location, evse, connector, token };
  const given = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
  const read = StartCharge.safeParse({
    ...given,
    ...(start === true ? {} : { as: start }),
    ...(kwh === undefined ? {} : { kwh: Number(kwh) }),
  });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const [field] = issue?.path ?? [];
  const option = field === 'as' ? 'start' : String(field);
  const advice = option === 'start' ? 'Any of driver, app, card.' : 'wb life --help tells what it takes.';
  throw usageFailure(`--${option}: ${issue?.message ?? 'it cannot be used'}`, advice);
}

const SHOWN = 20;

function show({ running, speed, simulatedAt, open, charging, trips, finished, pushes, failures }: LifeView): void {
  const lines = [
    `${running ? 'running' : 'paused'} at speed ${speed}, ${simulatedAt}; ${open} open, ${finished} finished`,
    `pushes: ${pushes.sent} sent, ${pushes.failed} failed, ${pushes.waiting} waiting`,
    ...charging
      .slice(0, SHOWN)
      .map(
        ({ session, link, location, evse, state, kwh, watts }) =>
          `${session}  ${state.padEnd(11)}  ${kwh.toFixed(3)} kWh  ${(watts / 1000).toFixed(1)} kW  ${location} ${evse}  ${link ?? 'nobody'}`,
      ),
    ...(open > SHOWN ? [`and ${open - SHOWN} more: --json lists 200`] : []),
    ...trips.map(
      ({ id, as, link, location, state, reason }) => `${id}  ${as}  ${state}  ${link} ${location}  ${reason}`,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  for (const { link, what, reason } of failures.slice(0, SHOWN)) tell(`${link ?? 'nobody'}: ${what}: ${reason}`);
}
