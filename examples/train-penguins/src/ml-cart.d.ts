/** The part of ml-cart that is used here; the package ships no types. */
declare module "ml-cart" {
  export interface TreeOptions {
    readonly minNumSamples?: number;
    readonly maxDepth?: number;
    /** A split that gains no more than this is not made. Default 0.01. */
    readonly gainThreshold?: number;
  }

  export interface TreeJson {
    readonly name: "DTClassifier";
    readonly options: TreeOptions;
    readonly root: unknown;
  }

  export class DecisionTreeClassifier {
    constructor(options?: TreeOptions);
    static load(model: TreeJson): DecisionTreeClassifier;
    train(rows: readonly (readonly number[])[], labels: readonly number[]): void;
    predict(rows: readonly (readonly number[])[]): number[];
    toJSON(): TreeJson;
  }
}
