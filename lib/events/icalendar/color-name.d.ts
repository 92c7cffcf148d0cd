declare module "color-name" {
  /** The CSS colour keywords with red, green and blue from 0 to 255. */
  const colors: Readonly<Record<string, readonly [number, number, number]>>;
  export default colors;
}
