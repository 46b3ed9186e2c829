import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { FirstChargeButton, FirstChargeProgress } from '../../../first-charge/first-charge.tsx';
import { useFirstCharge } from '../../../first-charge/use-first-charge.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';

/** Nothing fits: the way out of the filter. */
export function NothingFits({ onClear }: { readonly onClear: () => void }) {
  const t = useTexts('transactions');
  return (
    <EmptyState
      title={t('nothingFits')}
      text={t('nothingFitsText')}
      actions={
        <Button variant="default" onClick={onClear}>
          {t('showAll')}
        </Button>
      }
    />
  );
}

/** What the area is for, and the one click that fills it. */
export function NothingYet() {
  const t = useTexts('transactions');
  const charge = useFirstCharge();
  return (
    <EmptyState
      title={t('emptyTitle')}
      text={
        <>
          <p>{t('emptyText')}</p>
          <p>{t('emptyTeach')}</p>
          <p>{t('emptyImport')}</p>
          <FirstChargeProgress {...charge} />
        </>
      }
      actions={
        <>
          <FirstChargeButton {...charge} />
          <Button
            variant="default"
            leftSection={<IconFileImport size={14} aria-hidden />}
            component={Link}
            to="/traffic"
          >
            {t('toTraffic')}
          </Button>
        </>
      }
    />
  );
}
