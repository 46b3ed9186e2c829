import './app/mantine-styles.ts';
import './app/theme.css';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import { Providers } from './app/providers.tsx';
import { router } from './app/routes.tsx';
import { BridgeProvider } from './bridge/provider.tsx';
import { dialFromPage } from './bridge/transport.ts';
import { startTexts } from './texts/language.ts';
import { pageNonce } from './ui/nonce.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no place for the workbench');

const nonce = pageNonce();
// The scroll lock of dialogs asks there.
if (nonce !== '') setNonce(nonce);
startTexts();
createRoot(root).render(
  <BridgeProvider dial={dialFromPage(window)}>
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  </BridgeProvider>,
);
