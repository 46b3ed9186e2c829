import { useNavigate } from '@tanstack/react-router';
import { useLinks } from '../../bridge/queries.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { AREAS } from '../areas.ts';
import type { Entry } from './entries.ts';

/** What the palette knows without asking: areas, partners, and what can be done with them. */
export function useKnownEntries(): readonly Entry[] {
  const t = useTexts('shell');
  const words = useTexts('partners');
  const navigate = useNavigate();
  const links = useLinks().data ?? [];
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
  const commands = links.flatMap(({ name, state }): Entry[] => {
    const tab = (tab: 'registration' | 'doctor') => () =>
      void navigate({ to: '/partners/link/$name', params: { name }, search: { tab } });
    const doctor: Entry = {
      id: `doctor ${name}`,
      group: 'commands',
      label: t('paletteDoctor', { link: name }),
      go: tab('doctor'),
    };
    if (state === 'registered' || state === 'adopted') return [doctor];
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
  const start: Entry = {
    id: 'start',
    group: 'commands',
    label: t('paletteStart'),
    go: () => void navigate({ to: '/start' }),
  };
  return [...areas, ...partners, ...connecting, ...commands, start];
}
