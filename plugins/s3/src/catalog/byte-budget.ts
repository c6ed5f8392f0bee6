/** Memory that work at the same time may use together; who asks for more than is left waits its turn. */
export interface ByteBudget {
  /** Does an action that needs so many bytes. @throws what the action threw; after a failure, the same to all who wait */
  readonly spend: <T>(bytes: number, action: () => Promise<T>) => Promise<T>;
}

interface Waiting {
  readonly bytes: number;
  readonly begin: () => void;
  readonly fail: (error: unknown) => void;
}

/** A budget of `total` bytes. An action counts at least `least`, so that there are never more than `total / least` at once. */
export function byteBudget(total: number, least: number): ByteBudget {
  const queue: Waiting[] = [];
  let left = total;
  let failure: { readonly error: unknown } | undefined;

  function take(bytes: number): Promise<void> {
    return new Promise((resolve, reject) => {
      queue.push({ bytes, begin: resolve, fail: reject });
      pump();
    });
  }

  function pump(): void {
    for (let next = queue[0]; next !== undefined; next = queue[0]) {
      if (!failure && left < next.bytes) return;
      queue.shift();
      if (failure) {
        next.fail(failure.error);
      } else {
        left -= next.bytes;
        next.begin();
      }
    }
  }

  return {
    spend: async (bytes, action) => {
      const counted = Math.min(total, Math.max(least, bytes));
      await take(counted);
      try {
        return await action();
      } catch (error) {
        failure ??= { error };
        throw error;
      } finally {
        left += counted;
        pump();
      }
    },
  };
}
