// Addresses are parsed alike wherever our code runs, but belong to neither of the type libraries that shared code may see.
interface URL {
  readonly protocol: string;
  readonly hostname: string;
  readonly username: string;
  readonly password: string;
}
declare const URL: {
  new (address: string): URL;
  canParse(address: string): boolean;
};
