import type { runs as en } from '../en/runs.ts';
import type { Translated } from '../texts.ts';

export const runs: Translated<typeof en> = {
  progress: 'Hur långt den kommit',
  progressRate: '{{rate}} i sekunden',
  progressLeft: '{{time}} kvar',
  progressWaiting: 'väntar {{waiting}}',
  cancelling: 'Avbryter',
  export: 'Exportera',
  putAway: 'Lägg undan',
};
