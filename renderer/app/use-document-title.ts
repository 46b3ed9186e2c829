import { useLocation, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTexts } from '../texts/use-texts.ts';
import { AREAS } from './areas.ts';

/** Names the view in the browser's tab, its history and the window: what is shown, its area, the product. */
export function useDocumentTitle(): void {
  const t = useTexts('shell');
  const pathname = useLocation({ select: location => location.pathname });
  const { name, id } = useParams({ strict: false });
  const area = AREAS.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
  const parts = [id ?? name, area === undefined ? undefined : t(area.id), t('product')];
  const title = parts.filter(part => part !== undefined).join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
