import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';

/**
 * For what takes a while and then leads somewhere: asked when it begins, tells when it is done whether one is still
 * where one was. Who went elsewhere meanwhile is not taken away from there.
 */
export function useStillHere(): () => () => boolean {
  const router = useRouter();
  return useCallback(() => {
    const { href } = router.latestLocation;
    return () => router.latestLocation.href === href;
  }, [router]);
}
