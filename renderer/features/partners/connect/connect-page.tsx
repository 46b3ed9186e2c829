import { IconArrowLeft } from '@tabler/icons-react';
import { Link as RouterLink, useNavigate } from '@tanstack/react-router';
import { useTexts } from '../../../texts/use-texts.ts';
import { Tabs } from '../../../ui/tabs.tsx';
import header from '../link/link-header.module.css';
import { AdoptForm } from './adopt-form.tsx';
import styles from './connect-page.module.css';
import { InviteForm } from './invite-form.tsx';
import { RegisterForm } from './register-form.tsx';
import { WAYS, type Way } from './ways.ts';

/** A new connection: we register, we invite, or it exists already. */
export function ConnectPage({ way }: { readonly way: Way }) {
  const t = useTexts('partners');
  const navigate = useNavigate();
  const Form = { register: RegisterForm, invite: InviteForm, adopt: AdoptForm }[way];
  return (
    <>
      <header className={header['header']}>
        <RouterLink to="/partners" className={header['back'] ?? ''} aria-label={t('back')} title={t('back')}>
          <IconArrowLeft size={16} aria-hidden="true" />
        </RouterLink>
        <h1 className={header['name']}>{t('form-title')}</h1>
      </header>
      <Tabs
        tabs={WAYS.map(id => ({ id, label: t(`form-${id}`) }))}
        value={way}
        onChange={to => void navigate({ to: '/partners/connect', search: { way: to }, replace: true })}
        label={t('form-ways')}
      >
        <div className={styles['form']}>
          <p className={styles['lead']}>{t(`form-${way}Lead`)}</p>
          <Form />
        </div>
      </Tabs>
    </>
  );
}
