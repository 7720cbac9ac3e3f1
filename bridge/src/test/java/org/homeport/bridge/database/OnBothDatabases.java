package org.homeport.bridge.database;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Tests that hold on PostgreSQL as well: the build runs them a second time, on a real one. */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Tag("database")
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface OnBothDatabases {}
