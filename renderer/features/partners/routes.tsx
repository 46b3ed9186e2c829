import { type AnyRoute, createRoute, useParams, useSearch } from '@tanstack/react-router';
import * as z from 'zod';
import { ConnectPage } from './connect/connect-page.tsx';
import { WAYS } from './connect/ways.ts';
import { DoctorPage } from './doctor/doctor-page.tsx';
import { LINK_TABS, LinkPage } from './link/link-page.tsx';
import { PartnersPage } from './list/partners-page.tsx';

const ListSearch = z.object({ q: z.coerce.string().optional().catch(undefined) });
const ConnectSearch = z.object({ way: z.enum(WAYS).optional().catch(undefined) });
const LinkSearch = z.object({
  tab: z.enum(LINK_TABS).optional().catch(undefined),
  run: z.int().positive().optional().catch(undefined),
});

/** `/partners`, `/partners/connect`, `/partners/doctor`, `/partners/link/NAME`. */
export function partnersRoutes<Parent extends AnyRoute>(parent: Parent) {
  const list = createRoute({
    getParentRoute: () => parent,
    path: '/partners',
    validateSearch: ListSearch,
    component: function List() {
      return <PartnersPage search={useSearch({ from: '/partners' }).q ?? ''} />;
    },
  });
  const connect = createRoute({
    getParentRoute: () => parent,
    path: '/partners/connect',
    validateSearch: ConnectSearch,
    component: function Connect() {
      return <ConnectPage way={useSearch({ from: '/partners/connect' }).way ?? 'register'} />;
    },
  });
  const doctor = createRoute({
    getParentRoute: () => parent,
    path: '/partners/doctor',
    component: DoctorPage,
  });
  const link = createRoute({
    getParentRoute: () => parent,
    path: '/partners/link/$name',
    validateSearch: LinkSearch,
    component: function OneLink() {
      const { name } = useParams({ from: '/partners/link/$name' });
      const { tab, run } = useSearch({ from: '/partners/link/$name' });
      return (
        <LinkPage key={name} name={name} tab={tab ?? 'registration'} {...(run === undefined ? {} : { runId: run })} />
      );
    },
  });
  return [list, connect, doctor, link] as const;
}
