import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronDown, IconPlus } from '@tabler/icons-react';
import type { FaultRule } from '../../../../core/contract/fault.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Toolbar } from '../../../ui/toolbar.tsx';
import type { FileWay } from './file-dialog.tsx';
import styles from './rules.module.css';
import type { RuleChanges } from './use-rule-changes.ts';

export interface RuleToolsProps {
  readonly chosen: readonly FaultRule[];
  readonly busy: boolean;
  readonly changes: RuleChanges;
  readonly onNew: () => void;
  readonly onOpen: (rule: FaultRule) => void;
  readonly onDuplicate: (rule: FaultRule) => void;
  readonly onRemove: () => void;
  readonly onFile: (way: FileWay) => void;
}

export function RuleTools(props: RuleToolsProps) {
  const { chosen, busy, changes, onNew, onOpen, onDuplicate, onRemove, onFile } = props;
  const t = useTexts('faults');
  const none = chosen.length === 0 || busy;
  const [only] = chosen.length === 1 ? chosen : [];
  const move = (way: 'up' | 'down') => {
    const Icon = way === 'up' ? IconArrowUp : IconArrowDown;
    return (
      <Tooltip label={t(`move-${way}`)}>
        <ActionIcon
          variant="default"
          size="md"
          disabled={none}
          aria-label={t(`move-${way}`)}
          onClick={() => void changes.move(chosen, way)}
        >
          <Icon size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
    );
  };
  return (
    <Toolbar label={t('ruleTools')}>
      <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={onNew}>
        {t('newRule')}
      </Button>
      <Menu>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={13} aria-hidden />}>
            {t('file')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onFile('import')}>{t('import')}</Menu.Item>
          <Menu.Item onClick={() => onFile('export')}>{t('export')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span className={styles['chosen']} role="status">
        {chosen.length === 0 ? t('noneChosen') : t('chosen', { count: chosen.length })}
      </span>
      <Button variant="default" disabled={only === undefined} onClick={() => only && onOpen(only)}>
        {t('edit')}
      </Button>
      <Button
        variant="default"
        disabled={none || chosen.every(({ armed }) => armed)}
        onClick={() => void changes.arm(chosen, true)}
      >
        {t('arm')}
      </Button>
      <Button
        variant="default"
        disabled={none || !chosen.some(({ armed }) => armed)}
        onClick={() => void changes.arm(chosen, false)}
      >
        {t('disarm')}
      </Button>
      {move('up')}
      {move('down')}
      <Button variant="default" disabled={only === undefined} onClick={() => only && onDuplicate(only)}>
        {t('duplicate')}
      </Button>
      <Button variant="default" disabled={none} title={t('restartWhy')} onClick={() => void changes.restart(chosen)}>
        {t('restart')}
      </Button>
      <Button variant="default" color="red" disabled={none} onClick={onRemove}>
        {t('remove')}
      </Button>
    </Toolbar>
  );
}
