import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconChartBar,
  IconDatabase,
  IconFileZip,
  IconFlask,
  IconHeartbeat,
  IconMapPin,
  IconPlayerPlay,
  IconRoute,
  IconSend,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';

/** The areas of the rail, in its order. `id` is the key of the name in the shell's texts. */
export const AREAS = [
  { id: 'partners', path: '/partners', icon: IconUsers, group: 'observe' },
  { id: 'traffic', path: '/traffic', icon: IconArrowsExchange, group: 'observe' },
  { id: 'locations', path: '/locations', icon: IconMapPin, group: 'observe' },
  { id: 'transactions', path: '/transactions', icon: IconRoute, group: 'observe' },
  { id: 'reports', path: '/reports', icon: IconChartBar, group: 'observe' },
  { id: 'health', path: '/health', icon: IconHeartbeat, group: 'observe' },
  { id: 'errors', path: '/errors', icon: IconAlertTriangle, group: 'observe' },
  { id: 'own', path: '/own', icon: IconDatabase, group: 'act' },
  { id: 'send', path: '/send', icon: IconSend, group: 'act' },
  { id: 'replay', path: '/replay', icon: IconPlayerPlay, group: 'act' },
  { id: 'faults', path: '/faults', icon: IconFlask, group: 'act' },
  { id: 'logs', path: '/logs', icon: IconFileZip, group: 'act' },
  { id: 'settings', path: '/settings', icon: IconSettings, group: undefined },
] as const;

export type Area = (typeof AREAS)[number];
export type AreaId = Area['id'];
