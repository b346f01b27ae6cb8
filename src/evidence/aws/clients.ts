interface Client {
  destroy(): void
}

interface Clients {
  get<C extends Client>(key: string, make: () => C): C
  close(): void
}

/** All services of all Regions that an organization uses, or nearly. */
const mostClients = 256
/** No call takes as long, the walk through an organization included. */
const graceMilliseconds = 120_000

/**
 * Clients by account, Region and service. A paste may name any number of Regions, those that there are not included, so
 * the one that was asked for longest ago makes room for the next.
 */
export function keepClients(most = mostClients, destroyAfter = graceMilliseconds): Clients {
  const clients = new Map<string, Client>()
  // Calls may be under way on those that made room.
  const leaving = new Map<Client, NodeJS.Timeout>()

  function leave(client: Client): void {
    const end = (): void => {
      leaving.delete(client)
      client.destroy()
    }
    leaving.set(client, setTimeout(end, destroyAfter).unref())
  }

  return {
    get<C extends Client>(key: string, make: () => C): C {
      const client = clients.get(key) ?? make()
      clients.delete(key)
      clients.set(key, client)
      const [oldest] = clients.size > most ? clients : []
      if (oldest !== undefined) {
        clients.delete(oldest[0])
        leave(oldest[1])
      }
      // What was made under a key is what is found there: keys name the service.
      return client as C
    },
    close() {
      for (const client of clients.values()) client.destroy()
      for (const [client, timer] of leaving) {
        clearTimeout(timer)
        client.destroy()
      }
      clients.clear()
      leaving.clear()
    },
  }
}
