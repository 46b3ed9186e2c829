import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { LinkView } from '../../../../core/contract/links.ts';
import { PulledModule } from '../../../../core/contract/objects.ts';
import type { PullSchedule } from '../../../../core/contract/pulls.ts';
import { ProductionBar, ProductionSign } from '../../../links/production.tsx';
import { unpullable } from '../../../links/pullable.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { EVERY_UNITS, type EveryUnit, everyOf, readEvery, readJitter } from './every.ts';
import styles from './schedules.module.css';
import type { ScheduleDesk } from './use-schedule-desk.ts';

export interface ScheduleDialogProps {
  /** The one that is changed; undefined: a new one. */
  readonly schedule: PullSchedule | undefined;
  readonly links: readonly LinkView[];
  readonly schedules: readonly PullSchedule[];
  /** Chosen to begin with, for a new one. */
  readonly link: string | undefined;
  readonly desk: ScheduleDesk;
  readonly onClose: () => void;
}

const USUAL = { every: 15 * 60_000, jitter: 0.1 };

/** What can be pulled of a link, by what its partner offers. */
function modulesOf(link: LinkView): PulledModule[] {
  return PulledModule.options.filter(module => unpullable(link, module) === undefined);
}

/** Which module of which link, and how often. */
export function ScheduleDialog({ schedule, links, schedules, link, desk, onClose }: ScheduleDialogProps) {
  const t = useTexts('health');
  return (
    <Dialog
      opened
      title={schedule === undefined ? t('newSchedule') : t('editOf', { link: schedule.link, module: schedule.module })}
      size={460}
      onClose={onClose}
    >
      <ScheduleForm {...{ schedule, links, schedules, link, desk, onClose }} />
    </Dialog>
  );
}

function ScheduleForm({ schedule, links, schedules, link, desk, onClose }: ScheduleDialogProps) {
  const t = useTexts('health');
  const offering = links.filter(one => modulesOf(one).length > 0);
  const begin = everyOf(schedule?.every ?? USUAL.every);
  const [name, setName] = useState(
    schedule?.link ?? offering.find(one => one.name === link)?.name ?? offering[0]?.name ?? '',
  );
  const [wanted, setWanted] = useState<PulledModule | undefined>(schedule?.module);
  const [count, setCount] = useState(String(begin.count));
  const [unit, setUnit] = useState<EveryUnit>(begin.unit);
  const [jitter, setJitter] = useState(String(Number(((schedule?.jitter ?? USUAL.jitter) * 100).toPrecision(6))));
  const chosen = links.find(one => one.name === name);
  const modules = schedule !== undefined ? [schedule.module] : chosen === undefined ? [] : modulesOf(chosen);
  const isTaken = (module: PulledModule) => schedules.some(one => one.link === name && one.module === module);
  const module =
    wanted !== undefined && modules.includes(wanted) ? wanted : (modules.find(one => !isTaken(one)) ?? modules[0]);
  const every = readEvery(count, unit);
  const share = readJitter(jitter);
  const replaces = schedule === undefined && module !== undefined && isTaken(module);
  const save = async () => {
    if (typeof every !== 'number' || typeof share !== 'number' || module === undefined) return;
    if (await desk.set({ name, module, every, jitter: share })) onClose();
  };
  return (
    <form
      noValidate
      onSubmit={event => {
        event.preventDefault();
        void save();
      }}
    >
      {chosen?.environment === 'production' && (
        <ProductionBar>
          <ProductionSign />
          {t('productionPulls')}
        </ProductionBar>
      )}
      <div className={styles['fields']}>
        <NativeSelect
          label={t('column-link')}
          value={name}
          disabled={schedule !== undefined}
          onChange={event => setName(event.currentTarget.value)}
          data={(schedule === undefined ? offering.map(one => one.name) : [schedule.link]).map(value => ({
            value,
            label: value,
          }))}
        />
        <NativeSelect
          label={t('column-module')}
          value={module ?? ''}
          disabled={schedule !== undefined}
          description={replaces ? t('replaces') : undefined}
          onChange={event => setWanted(PulledModule.safeParse(event.currentTarget.value).data)}
          data={modules.map(value => ({ value, label: value }))}
        />
        <div className={styles['every']}>
          <TextInput
            label={t('column-every')}
            inputMode="decimal"
            value={count}
            error={typeof every === 'number' ? undefined : t(every)}
            onChange={event => setCount(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('everyUnit')}
            value={unit}
            onChange={event => {
              const { value } = event.currentTarget;
              setUnit(EVERY_UNITS.find(one => one === value) ?? unit);
            }}
            data={EVERY_UNITS.map(value => ({ value, label: t(`unitOf-${value}`) }))}
          />
        </div>
        <TextInput
          label={t('jitter')}
          description={t('jitterHint')}
          inputMode="decimal"
          value={jitter}
          rightSection={<span className={styles['dim']}>%</span>}
          error={typeof share === 'number' ? undefined : t(share)}
          onChange={event => setJitter(event.currentTarget.value)}
        />
      </div>
      {desk.doing.failure !== undefined && (
        <div className={styles['failure']}>
          <FailureNote failure={desk.doing.failure} />
        </div>
      )}
      <div className={styles['foot']}>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button
          type="submit"
          loading={desk.doing.busy}
          disabled={typeof every !== 'number' || typeof share !== 'number' || module === undefined}
        >
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
