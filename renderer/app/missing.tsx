import { Link, useLocation } from '@tanstack/react-router';
import { useTexts } from '../texts/use-texts.ts';
import { EmptyState } from '../ui/empty-state.tsx';

export function Missing() {
  const t = useTexts('shell');
  const path = useLocation({ select: location => location.pathname });
  return (
    <EmptyState
      heading={1}
      title={t('missingTitle')}
      text={t('missingText', { path })}
      actions={<Link to="/partners">{t('toPartners')}</Link>}
    />
  );
}
