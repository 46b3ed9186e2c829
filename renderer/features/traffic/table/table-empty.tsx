import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useLinks } from '../../../bridge/queries.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';

export interface TableEmptyProps {
  readonly filtered: boolean;
  readonly onClear: () => void;
  readonly onImport: () => void;
}

/** Nothing fits, or nothing was ever recorded: what fills it then. */
export function TableEmpty({ filtered, onClear, onImport }: TableEmptyProps) {
  const t = useTexts('traffic');
  const links = useLinks().data ?? [];
  if (filtered) {
    return (
      <EmptyState
        title={t('nothingFits')}
        text={t('nothingFitsText')}
        actions={
          <Button variant="default" onClick={onClear}>
            {t('clearFilter')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      title={t('emptyTitle')}
      text={t('emptyText')}
      actions={
        <>
          <Button component={Link} to={links.length === 0 ? '/start' : '/partners'}>
            {links.length === 0 ? t('emptyStart') : t('emptyPartners')}
          </Button>
          <Button variant="default" leftSection={<IconFileImport size={14} />} onClick={onImport}>
            {t('importOpen')}
          </Button>
        </>
      }
    />
  );
}
