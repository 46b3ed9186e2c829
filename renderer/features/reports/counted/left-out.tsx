import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import { narrowedTo } from '../filter/filter.ts';
import type { ReportsSearch } from '../search.ts';

/** Which links of imported logs are not counted beside the live ones; each leads to its own report. */
export function LeftOut({ names, search }: { readonly names: readonly string[]; readonly search: ReportsSearch }) {
  const t = useTexts('reports');
  return (
    <>
      {t('leftOut')}{' '}
      {names.map((name, at) => (
        <Fragment key={name}>
          {at > 0 && ', '}
          <Link
            to="/reports"
            search={{ ...search, ...narrowedTo(search, 'link', { key: name, link: null, party: null }) }}
          >
            {name}
          </Link>
        </Fragment>
      ))}
    </>
  );
}
