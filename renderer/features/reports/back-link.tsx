import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../../texts/use-texts.ts';
import { lastCharges, lastReport } from './last-report.ts';
import styles from './reports.module.css';

/** To the report, as it was left; from one charge to the list it was found in. */
export function BackLink({ from }: { readonly from: 'charges' | 'charge' }) {
  const t = useTexts('reports');
  const charges = from === 'charge' ? lastCharges() : undefined;
  const icon = <IconArrowLeft size={16} aria-hidden="true" />;
  const words = t(charges === undefined ? 'back' : 'backToCharges');
  const given = { className: styles['back'] ?? '', 'aria-label': words, title: words };
  if (charges !== undefined) {
    return (
      <Link to="/reports/charges" search={charges} {...given}>
        {icon}
      </Link>
    );
  }
  return (
    <Link to="/reports" search={lastReport()} {...given}>
      {icon}
    </Link>
  );
}
