package org.homeport.spawn.identity;

class MemoryUidLedgerTest extends UidLedgerContract {
  private final UidLedger ledger = new MemoryUidLedger();

  @Override
  protected UidLedger ledger() {
    return ledger;
  }
}
