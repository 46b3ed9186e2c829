import { useNavigate } from '@tanstack/react-router';
import { useClient } from '../../bridge/client.ts';
import { useLinks, useSandbox } from '../../bridge/queries.ts';
import { useArmed } from '../../features/faults/fault-desk.ts';
import { useTurnOff } from '../../features/faults/use-turn-off.ts';
import { useImportedLogs } from '../../features/logs/use-logs.ts';
import { useScenarios } from '../../features/replay/use-replays.ts';
import { usePending } from '../../features/send/decisions/use-pending.ts';
import { isStanding } from '../../links/standing.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { AREAS } from '../areas.ts';
import type { Entry } from './entries.ts';

/** What the palette knows without asking: areas, partners, and what can be done with them. */
export function useKnownEntries(): readonly Entry[] {
  const t = useTexts('shell');
  const words = useTexts('partners');
  const navigate = useNavigate();
  const links = useLinks().data ?? [];
  const pending = usePending().data ?? [];
  const scenarios = useScenarios().data ?? [];
  const imported = useImportedLogs().data ?? [];
  const sandbox = useSandbox().data;
  const client = useClient();
  const armed = useArmed();
  const turnOff = useTurnOff();
  const areas: Entry[] = AREAS.map(({ id, path }) => ({
    id: `area ${id}`,
    group: 'areas',
    label: t(id),
    go: () => void navigate({ to: path }),
  }));
  const partners: Entry[] = links.map(({ name, organisation, environment, state }) => ({
    id: `link ${name}`,
    group: 'partners',
    label: name,
    hint: [organisation, words(`environment-${environment}`), words(`state-${state}`)].join(' · '),
    go: () => void navigate({ to: '/partners/link/$name', params: { name } }),
  }));
  const connecting = (['register', 'invite', 'adopt'] as const).map((way): Entry => {
    const label = { register: 'paletteConnect', invite: 'paletteInvite', adopt: 'paletteAdopt' } as const;
    return {
      id: `connect ${way}`,
      group: 'commands',
      label: t(label[way]),
      go: () => void navigate({ to: '/partners/connect', search: { way } }),
    };
  });
  const commands = links.flatMap((link): Entry[] => {
    const { name, importedLog } = link;
    if (importedLog !== null) return [];
    const tab = (tab: 'registration' | 'doctor') => () =>
      void navigate({ to: '/partners/link/$name', params: { name }, search: { tab } });
    const doctor: Entry = {
      id: `doctor ${name}`,
      group: 'commands',
      label: t('paletteDoctor', { link: name }),
      go: tab('doctor'),
    };
    if (isStanding(link)) {
      const send: Entry = {
        id: `send ${name}`,
        group: 'commands',
        label: t('paletteSendTo', { link: name }),
        go: () => void navigate({ to: '/send', search: { link: name } }),
      };
      return [send, doctor];
    }
    return [
      {
        id: `register ${name}`,
        group: 'commands',
        label: t('paletteRegister', { link: name }),
        go: tab('registration'),
      },
      doctor,
    ];
  });
  const answers = pending.map(
    ({ id, asked, link }): Entry => ({
      id: `decision ${id}`,
      group: 'commands',
      label: t('paletteAnswer', { asked }),
      hint: link,
      go: () => void navigate({ to: '/send', search: { form: 'decisions' } }),
    }),
  );
  const packs: Entry = {
    id: 'packs of faults',
    group: 'commands',
    label: t('palettePacks'),
    go: () => void navigate({ to: '/faults', search: { tab: 'packs' } }),
  };
  const many = armed.own.length + armed.partner.length;
  const off: Entry = {
    id: 'faults off',
    group: 'commands',
    label: t('paletteFaultsOff', { count: many }),
    go: () =>
      void turnOff([client.faults, ...(armed.partner.length > 0 ? [client.sandbox.faults] : [])]).then(
        () => navigate({ to: '/faults' }),
        () => navigate({ to: '/faults' }),
      ),
  };
  const start: Entry = {
    id: 'start',
    group: 'commands',
    label: t('paletteStart'),
    go: () => void navigate({ to: '/start' }),
  };
  const replays: Entry[] = [
    {
      id: 'replay',
      group: 'commands',
      label: t('paletteReplay'),
      go: () => void navigate({ to: '/replay' }),
    },
    {
      id: 'new scenario',
      group: 'commands',
      label: t('paletteNewScenario'),
      go: () => void navigate({ to: '/replay/scenarios' }),
    },
    ...scenarios.map(
      ({ name, title, versions }): Entry => ({
        id: `scenario ${name}`,
        group: 'commands',
        label: t('paletteScenario', { title }),
        hint: [name, ...versions].join(' '),
        go: () => void navigate({ to: '/replay', search: { source: `scenario:${name}` } }),
      }),
    ),
  ];
  const logs: Entry[] = [
    {
      id: 'export log',
      group: 'commands',
      label: t('paletteExport'),
      go: () => void navigate({ to: '/logs/export' }),
    },
    {
      id: 'open log',
      group: 'commands',
      label: t('paletteOpenLog'),
      go: () => void navigate({ to: '/logs', search: { choose: true } }),
    },
    ...imported.map(
      ({ logId, name, about }): Entry => ({
        id: `log ${logId}`,
        group: 'commands',
        label: t('paletteLog', { name }),
        ...(about.title !== '' && { hint: about.title }),
        go: () => void navigate({ to: '/logs/$log', params: { log: String(logId) } }),
      }),
    ),
  ];
  const health: Entry[] = [
    {
      id: 'notices',
      group: 'commands',
      label: t('paletteNotices'),
      go: () => void navigate({ to: '/health', search: { tab: 'notices' } }),
    },
    {
      id: 'thresholds',
      group: 'commands',
      label: t('paletteThresholds'),
      go: () => void navigate({ to: '/health', search: { tab: 'thresholds' } }),
    },
    {
      id: 'schedules',
      group: 'commands',
      label: t('paletteSchedules'),
      go: () => void navigate({ to: '/health', search: { tab: 'schedules' } }),
    },
    ...links.map(
      ({ name }): Entry => ({
        id: `health ${name}`,
        group: 'commands',
        label: t('paletteHealth', { link: name }),
        go: () => void navigate({ to: '/health/links/$name', params: { name } }),
      }),
    ),
  ];
  const reports = (['differences', 'payments'] as const).map((tab): Entry => {
    const label = { differences: 'paletteDifferences', payments: 'palettePayments' } as const;
    return {
      id: `report ${tab}`,
      group: 'commands',
      label: t(label[tab]),
      go: () => void navigate({ to: '/reports', search: { tab } }),
    };
  });
  const simulations: Entry[] = [
    {
      id: 'simulation',
      group: 'commands',
      label: t('paletteLife'),
      go: () => void navigate({ to: '/own', search: { life: true } }),
    },
  ];
  if (sandbox?.running === true) {
    simulations.push({
      id: 'simulation of the sandbox',
      group: 'commands',
      label: t('paletteSandboxLife'),
      ...(sandbox.link !== null && { hint: sandbox.link }),
      go: () => void navigate({ to: '/own', search: { life: true, whose: 'partner' } }),
    });
  }
  return [
    ...areas,
    ...partners,
    ...answers,
    ...connecting,
    ...commands,
    ...(many > 0 ? [off] : []),
    packs,
    ...replays,
    ...logs,
    ...reports,
    ...health,
    ...simulations,
    start,
  ];
}
