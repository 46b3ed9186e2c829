/** Runs as they go, wherever they show. */
export const runs = {
  progress: 'How far it has come',
  progressRate: '{{rate}} a second',
  progressLeft: '{{time}} left',
  progressWaiting: 'waits {{waiting}}',
  cancelling: 'Cancelling',
  export: 'Export',
  putAway: 'Put away',
} as const;
