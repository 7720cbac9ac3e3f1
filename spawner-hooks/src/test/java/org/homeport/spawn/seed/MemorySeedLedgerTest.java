package org.homeport.spawn.seed;

class MemorySeedLedgerTest extends SeedLedgerContract {
  private final SeedLedger ledger = new MemorySeedLedger();

  @Override
  protected SeedLedger ledger() {
    return ledger;
  }
}
