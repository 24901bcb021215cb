package io.migrator.fake.rpc;

/** The calls of one concern. */
interface Calls {
    /** Binds those that the release has. */
    void bind(Rpcs rpcs);
}
