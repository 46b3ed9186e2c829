import { Button } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../../../texts/use-texts.ts';
import type { TokenKind } from '../../../ui/filter-text.ts';
import { exportable } from './exportable.ts';

export interface ExportLinkProps {
  /** The filter, as it stands in the bar. */
  readonly q: string;
  readonly kinds: readonly TokenKind[];
}

/** To the export of what the filter shows; where no export can be narrowed so, it says why rather than exporting more. */
export function ExportLink({ q, kinds }: ExportLinkProps) {
  const t = useTexts('transactions');
  const icon = <IconFileExport size={14} aria-hidden />;
  if (!exportable(q, kinds)) {
    return (
      <Button variant="default" data-disabled aria-disabled leftSection={icon} title={t('exportNot')}>
        {t('export')}
      </Button>
    );
  }
  return (
    <Button
      variant="default"
      leftSection={icon}
      title={t('exportHint')}
      renderRoot={props => <Link to="/logs/export" search={q === '' ? {} : { q }} {...props} />}
    >
      {t('export')}
    </Button>
  );
}
