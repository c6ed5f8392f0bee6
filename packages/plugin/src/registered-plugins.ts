/**
 * The executors that TypeScript knows by type, for `defineConfig` of `@runnable/core`. A plugin adds its own beside its factory:
 *
 *     declare module "@runnable/plugin" {
 *       interface RegisteredExecutors {
 *         readonly "my-platform": typeof myPlatform;
 *       }
 *     }
 */
export interface RegisteredExecutors {}

/** The run log stores that TypeScript knows, as {@link RegisteredExecutors}. */
export interface RegisteredRunLogStores {}

/** The catalogs that TypeScript knows, as {@link RegisteredExecutors}. */
export interface RegisteredCatalogs {}

/** The secrets stores that TypeScript knows, as {@link RegisteredExecutors}. */
export interface RegisteredSecrets {}
