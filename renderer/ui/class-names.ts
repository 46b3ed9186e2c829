/** Class names that are there, in one string: `classNames(styles['row'], selected && styles['selected'])`. */
export function classNames(...names: readonly (string | false | undefined)[]): string {
  return names.filter(name => typeof name === 'string').join(' ');
}
