import { type Block, type Line, nameOf, newLine, type Node } from "./document";

/** The lines of a property, in order. */
export function linesOf(block: Block, name: string): Line[] {
  return block.nodes.filter((node): node is Line => node.kind === "line" && nameOf(node) === name);
}

/**
 * Puts `contents` in the place of all lines named `name`. A line that says the same as an old one stays that
 * one; new ones stand where the first old one stood, or after the other properties.
 */
export function replaceLines(block: Block, name: string, contents: readonly string[], lineEnd: string): void {
  const old = linesOf(block, name);
  const lines = contents.map((content) => old.find((line) => line.content === content) ?? newLine(content, lineEnd));
  replaceNodes(block, (node) => node.kind === "line" && nameOf(node) === name, lines, firstBlock(block));
}

/** Puts `nodes` where the first of those stood that `isOld` takes, or at `otherwise`; the old ones go. */
export function replaceNodes(block: Block, isOld: (node: Node) => boolean, nodes: readonly Node[], otherwise: number): void {
  const first = block.nodes.findIndex(isOld);
  const at = first < 0 ? otherwise : first;
  const before = block.nodes.slice(0, at).filter((node) => !isOld(node));
  const after = block.nodes.slice(at).filter((node) => !isOld(node));
  block.nodes = [...before, ...nodes, ...after];
}

/** Where the properties end and components inside the component begin. */
function firstBlock(block: Block): number {
  const index = block.nodes.findIndex((node) => node.kind === "block");
  return index < 0 ? block.nodes.length : index;
}
