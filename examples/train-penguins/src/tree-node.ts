import { z } from "zod";

/** A node of a tree as ml-cart loads it. */
export type TreeNode = Leaf | Branch;

/** The share of each class among the training rows that ended here, as a matrix of one row. */
export interface Leaf {
  readonly distribution: readonly (readonly number[])[];
}

/** Rows below `splitValue` go left, the others right. */
export interface Branch {
  /** Index into the features that this tree looks at. */
  readonly splitColumn: number;
  readonly splitValue: number;
  readonly left: TreeNode;
  readonly right: TreeNode;
}

const leaf = z.object({ distribution: z.array(z.array(z.number())) });

const branch = z.object({
  splitColumn: z.int().min(0),
  splitValue: z.number(),
  left: z.lazy(() => treeNode),
  right: z.lazy(() => treeNode),
});

// Leaf first: ml-cart leaves the last split it tried in a leaf.
export const treeNode: z.ZodType<TreeNode> = z.union([leaf, branch]);
