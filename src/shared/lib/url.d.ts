// URL exists wherever shared code runs but is in neither of its type libraries.
interface URL {
  readonly href: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly username: string;
  readonly password: string;
}
declare const URL: {
  new (address: string): URL;
  canParse(address: string): boolean;
};
