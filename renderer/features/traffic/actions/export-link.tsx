import { Button } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { printIds } from '../../../exchange/id-ranges.ts';
import { useTexts } from '../../../texts/use-texts.ts';

export interface ExportLinkProps {
  /** Of the selected rows. */
  readonly ids: readonly number[];
  /** The filter, as it stands in the bar. */
  readonly q: string;
}

/** One click to the export: of the selected rows, else of what the filter shows. */
export function ExportLink({ ids, q }: ExportLinkProps) {
  const t = useTexts('traffic');
  const selected = ids.length > 0;
  const search = selected ? { ids: printIds(ids) } : q === '' ? {} : { q };
  return (
    <Button
      variant="default"
      leftSection={<IconFileExport size={14} aria-hidden />}
      title={selected ? undefined : t('exportHint')}
      renderRoot={props => <Link to="/logs/export" search={search} {...props} />}
    >
      {selected ? t('exportSelection', { count: ids.length }) : t('export')}
    </Button>
  );
}
