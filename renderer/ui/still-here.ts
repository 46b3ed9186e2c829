/**
 * For what takes a while and then leads somewhere: asked when it begins, tells when it is done whether one is still
 * where one was. Who went elsewhere meanwhile is not taken away from there.
 */
export function stillHere(): () => boolean {
  const { href } = window.location;
  return () => window.location.href === href;
}
