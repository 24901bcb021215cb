package io.migrator.milvus.write;

import io.migrator.format.meta.RbacInfo;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Calls;
import io.milvus.grpc.GrantEntity;
import io.milvus.grpc.GrantorEntity;
import io.milvus.grpc.ObjectEntity;
import io.milvus.grpc.OperateUserRoleRequest;
import io.milvus.grpc.OperateUserRoleType;
import io.milvus.grpc.PrivilegeEntity;
import io.milvus.grpc.PrivilegeGroupInfo;
import io.milvus.grpc.RBACMeta;
import io.milvus.grpc.RestoreRBACMetaRequest;
import io.milvus.grpc.RoleEntity;
import io.milvus.grpc.UserEntity;
import io.milvus.grpc.UserInfo;

/** Adds users, roles, grants and privilege groups. The contract is that of {@link io.migrator.milvus.MilvusTarget}. */
final class RbacWriter {
    private final Calls calls;
    private final String server;

    RbacWriter(Calls calls, String server) {
        this.calls = calls;
        this.server = server;
    }

    void add(RbacInfo missing) {
        RBACMeta.Builder meta = RBACMeta.newBuilder();
        for (RbacInfo.User user : missing.users()) {
            meta.addUsers(UserInfo.newBuilder()
                    .setUser(user.name())
                    .setPassword(user.password())
                    .addAllRoles(user.roles().stream().map(RbacWriter::role).toList()));
        }
        missing.roles().forEach(role -> meta.addRoles(role(role)));
        missing.grants().forEach(grant -> meta.addGrants(message(grant)));
        for (RbacInfo.PrivilegeGroup group : missing.privilegeGroups()) {
            meta.addPrivilegeGroups(PrivilegeGroupInfo.newBuilder()
                    .setGroupName(group.name())
                    .addAllPrivileges(group.privileges().stream()
                            .map(privilege -> PrivilegeEntity.newBuilder()
                                    .setName(privilege.name())
                                    .build())
                            .toList()));
        }
        RestoreRBACMetaRequest request =
                RestoreRBACMetaRequest.newBuilder().setRBACMeta(meta).build();
        calls.ask(Action.server("add users and roles to", server), stub -> stub.restoreRBAC(request));
    }

    private static RoleEntity role(RbacInfo.Named role) {
        return RoleEntity.newBuilder().setName(role.name()).build();
    }

    private static GrantEntity message(RbacInfo.Grant grant) {
        return GrantEntity.newBuilder()
                .setRole(role(grant.role()))
                .setObject(ObjectEntity.newBuilder().setName(grant.object().name()))
                .setObjectName(grant.objectName())
                .setGrantor(GrantorEntity.newBuilder()
                        .setUser(UserEntity.newBuilder()
                                .setName(grant.grantor().user().name()))
                        .setPrivilege(PrivilegeEntity.newBuilder()
                                .setName(grant.grantor().privilege().name())))
                .setDbName(grant.database())
                .build();
    }

    void giveRole(String user, String role) {
        OperateUserRoleRequest request = OperateUserRoleRequest.newBuilder()
                .setUsername(user)
                .setRoleName(role)
                .setType(OperateUserRoleType.AddUserToRole)
                .build();
        calls.ask(Action.server("give role '" + role + "' to user", user), stub -> stub.operateUserRole(request));
    }
}
