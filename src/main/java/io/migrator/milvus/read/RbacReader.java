package io.migrator.milvus.read;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.RbacInfo;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Calls;
import io.migrator.milvus.calls.ServerVersion;
import io.milvus.grpc.BackupRBACMetaRequest;
import io.milvus.grpc.BackupRBACMetaResponse;
import io.milvus.grpc.GrantEntity;
import io.milvus.grpc.PrivilegeGroupInfo;
import io.milvus.grpc.RBACMeta;
import io.milvus.grpc.RoleEntity;
import io.milvus.grpc.UserInfo;

/** Reads users, roles, grants and privilege groups: one call, which came with Milvus 2.4.10 and needs an administrator. */
public final class RbacReader {
    private final Calls calls;
    private final Names names;

    public RbacReader(Calls calls, Names names) {
        this.calls = calls;
        this.names = names;
    }

    public RbacInfo read() {
        Action action = Action.server("back up the users and roles of", names.server());
        ServerVersion version = names.version();
        if (!version.atLeast(2, 4, 10)) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    action.verb(),
                    action.thing(),
                    "it is Milvus " + version.text() + ", and 2.4.10 was the first that gives them",
                    "Leave out rbac=yes, and create users and roles at the target by hand.");
        }
        RBACMeta meta = calls.ask(
                        action,
                        stub -> stub.backupRBAC(BackupRBACMetaRequest.getDefaultInstance()),
                        BackupRBACMetaResponse::getStatus)
                .getRBACMeta();
        return new RbacInfo(
                meta.getUsersList().stream().map(RbacReader::user).toList(),
                meta.getRolesList().stream().map(RbacReader::role).toList(),
                meta.getGrantsList().stream().map(RbacReader::grant).toList(),
                meta.getPrivilegeGroupsList().stream().map(RbacReader::group).toList());
    }

    private static RbacInfo.Named role(RoleEntity role) {
        return new RbacInfo.Named(role.getName());
    }

    private static RbacInfo.User user(UserInfo user) {
        return new RbacInfo.User(
                user.getUser(),
                user.getPassword(),
                user.getRolesList().stream().map(RbacReader::role).toList());
    }

    private static RbacInfo.Grant grant(GrantEntity grant) {
        return new RbacInfo.Grant(
                role(grant.getRole()),
                new RbacInfo.Named(grant.getObject().getName()),
                grant.getObjectName(),
                new RbacInfo.Grantor(
                        new RbacInfo.Named(grant.getGrantor().getUser().getName()),
                        new RbacInfo.Named(grant.getGrantor().getPrivilege().getName())),
                grant.getDbName());
    }

    private static RbacInfo.PrivilegeGroup group(PrivilegeGroupInfo group) {
        return new RbacInfo.PrivilegeGroup(
                group.getGroupName(),
                group.getPrivilegesList().stream()
                        .map(privilege -> new RbacInfo.Named(privilege.getName()))
                        .toList());
    }
}
