/*
 * Where a seat's secret key lies: in this browser's own database, and nowhere else.
 *
 * Rule: one key for a hall and a Member. It is made here, read here, and leaves in no message but on
 * the delegation's card, under its PIN.
 */

/** Keeps secrets by name. */
export interface Keys {
  read(name: string): Promise<bigint | null>;
  keep(name: string, secret: bigint): Promise<void>;
}

const DATABASE = 'hemicycle-seat';
const STORE = 'keys';

/** The browser's IndexedDB as `Keys`. A browser that refuses it rejects each call. */
export class BrowserKeys implements Keys {
  #opened: Promise<IDBDatabase> | null = null;

  async read(name: string): Promise<bigint | null> {
    const store = (await this.#database()).transaction(STORE).objectStore(STORE);
    const kept: unknown = await settled(store.get(name));
    return typeof kept === 'string' ? BigInt(kept) : null;
  }

  async keep(name: string, secret: bigint): Promise<void> {
    const change = (await this.#database()).transaction(STORE, 'readwrite');
    await settled(change.objectStore(STORE).put(`${secret}`, name));
  }

  #database(): Promise<IDBDatabase> {
    if (this.#opened === null) {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE);
      this.#opened = settled(request);
    }
    return this.#opened;
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps no keys'));
  });
}
