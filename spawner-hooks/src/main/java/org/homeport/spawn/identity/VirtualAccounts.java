package org.homeport.spawn.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * Accounts that only Homeport knows: a uid from a range, remembered; a group of the same number;
 * and a home under one root. The host needs no account.
 */
public final class VirtualAccounts implements Accounts {
  private static final int MAX_NAME_LENGTH = 32;

  private final NameService names = new NameService();
  private final UidLedger ledger;
  private final UidRange uids;
  private final Path homes;

  public VirtualAccounts(UidLedger ledger, UidRange uids, Path homes) {
    this.ledger = ledger;
    this.uids = uids;
    this.homes = homes;
  }

  @Override
  public Account of(HubUser user) {
    while (true) {
      var known = find(user);
      if (known.isPresent()) {
        return known.get();
      }
      // When another start claimed first, for this user or this uid, the next round knows of it.
      var owner = ownerOf(homes.resolve(name(user))).filter(this::isFree);
      if (owner.isEmpty() || !ledger.claim(user, owner.get())) {
        ledger.claim(user, nextUid());
      }
    }
  }

  @Override
  public Optional<Account> find(HubUser user) {
    var uid = ledger.uidOf(user);
    return uid.isPresent() ? Optional.of(account(user, uid.getAsInt())) : Optional.empty();
  }

  private Account account(HubUser user, int uid) {
    if (isTheHosts(uid)) {
      throw new SpawnRefused(
          "account-not-allowed",
          "The uid %d was given to the user '%s', and now the host has given it away, too."
              .formatted(uid, user),
          "Give the host's account or group of that number another one.");
    }
    var name = name(user);
    return new Account(name, uid, uid, List.of(), homes.resolve(name));
  }

  private int nextUid() {
    int next = ledger.highest(uids).orElse(uids.first() - 1) + 1;
    var owners = owners();
    while (uids.contains(next) && (isTheHosts(next) || owners.contains(next))) {
      next++;
    }
    if (!uids.contains(next)) {
      throw new SpawnRefused(
          "accounts-used-up",
          "All uids of the range " + uids + " are given.",
          "Set accounts.uids in homeport.yaml to a range that begins at the same uid and ends"
              + " later.");
    }
    return next;
  }

  private boolean isFree(int uid) {
    return uids.contains(uid) && !isTheHosts(uid);
  }

  /** The uids that own a home already, as after a loss of the database. */
  private Set<Integer> owners() {
    try (var all = Files.list(homes)) {
      return all.flatMap(home -> ownerOf(home).stream()).collect(Collectors.toSet());
    } catch (NoSuchFileException none) {
      return Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Integer> ownerOf(Path home) {
    try {
      return Optional.of((int) Files.getAttribute(home, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private boolean isTheHosts(int id) {
    return names.accountWithId(id).isPresent() || names.groupWithId(id).isPresent();
  }

  /** The name of account and home: one that {@code whoami} can say and a path can bear. */
  private static String name(HubUser user) {
    var name = user.name();
    if (SafeName.isPlain(name)
        && Character.isLetter(name.charAt(0))
        && name.length() <= MAX_NAME_LENGTH
        && !name.equals("root")) {
      return name;
    }
    var hashed = SafeName.hashed(name, MAX_NAME_LENGTH - 1);
    return Character.isLetter(hashed.charAt(0)) ? hashed : "u" + hashed;
  }
}
