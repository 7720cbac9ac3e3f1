package org.homeport.spawn.home;

class MemoryEnvironmentLedgerTest extends EnvironmentLedgerContract {
  private final EnvironmentLedger ledger = new MemoryEnvironmentLedger();

  @Override
  protected EnvironmentLedger ledger() {
    return ledger;
  }
}
