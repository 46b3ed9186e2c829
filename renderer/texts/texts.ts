/** The same texts in another language: a missing or needless key is a type error. */
export type Translated<Original> = { readonly [Key in keyof Original]: string };

type Plural<Key> = Key extends `${infer Base}_one` ? Base : Key extends `${infer Base}_other` ? Base : Key;

/** What a text is asked for by: `count` for the pair `count_one` and `count_other`. */
export type TextKey<Texts> = Plural<Extract<keyof Texts, string>>;

export type TextValues = Readonly<Record<string, string | number>>;
