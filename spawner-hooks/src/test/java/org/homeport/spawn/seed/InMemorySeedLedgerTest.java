package org.homeport.spawn.seed;

class InMemorySeedLedgerTest extends SeedLedgerContract {
  @Override
  protected SeedLedger emptyLedger() {
    return new InMemorySeedLedger();
  }
}
