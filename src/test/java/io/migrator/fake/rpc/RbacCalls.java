package io.migrator.fake.rpc;

import io.migrator.fake.model.Rbac;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.Release;
import io.milvus.grpc.BackupRBACMetaResponse;
import io.milvus.grpc.CreatePrivilegeGroupRequest;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.GrantEntity;
import io.milvus.grpc.ListPrivilegeGroupsResponse;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.OperatePrivilegeGroupRequest;
import io.milvus.grpc.OperatePrivilegeGroupType;
import io.milvus.grpc.OperatePrivilegeRequest;
import io.milvus.grpc.OperatePrivilegeType;
import io.milvus.grpc.PrivilegeEntity;
import io.milvus.grpc.PrivilegeGroupInfo;
import io.milvus.grpc.RBACMeta;
import io.milvus.grpc.RestoreRBACMetaRequest;
import io.milvus.grpc.RoleEntity;
import io.milvus.grpc.SelectGrantRequest;
import io.milvus.grpc.SelectGrantResponse;
import io.milvus.grpc.Status;
import io.milvus.grpc.UserInfo;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Grants, privilege groups, and both with users and roles as one backup. */
@SuppressWarnings("deprecation") // the old code of a status
final class RbacCalls implements Calls {
    private static final Set<String> FIXED_ROLES = Set.of(Rbac.ADMIN, Rbac.PUBLIC);

    private final Rbac rbac;
    private final Release release;

    RbacCalls(Rbac rbac, Release release) {
        this.rbac = rbac;
        this.release = release;
    }

    @Override
    public void bind(Rpcs rpcs) {
        boolean groups = release.privilegeGroups();
        rpcs.on(MilvusServiceGrpc.getOperatePrivilegeMethod(), (caller, request) -> operate(request));
        rpcs.on(MilvusServiceGrpc.getSelectGrantMethod(), (caller, request) -> select(request));
        rpcs.on(groups, MilvusServiceGrpc.getCreatePrivilegeGroupMethod(), (caller, request) -> createGroup(request));
        rpcs.on(groups, MilvusServiceGrpc.getOperatePrivilegeGroupMethod(), (caller, request) -> operateGroup(request));
        rpcs.on(
                groups,
                MilvusServiceGrpc.getListPrivilegeGroupsMethod(),
                (caller, request) -> ListPrivilegeGroupsResponse.newBuilder()
                        .setStatus(Answers.OK)
                        .addAllPrivilegeGroups(rbac.groups().values())
                        .build());
        rpcs.on(release.rbacBackup(), MilvusServiceGrpc.getBackupRBACMethod(), (caller, request) -> backup());
        rpcs.on(release.rbacBackup(), MilvusServiceGrpc.getRestoreRBACMethod(), (caller, request) -> restore(request));
    }

    private Status operate(OperatePrivilegeRequest request) {
        GrantEntity grant = request.getEntity();
        if (!rbac.roles().contains(grant.getRole().getName())) {
            throw new Refusal(
                    65535,
                    ErrorCode.OperatePrivilegeFailure,
                    "not found the role, maybe the role isn't existed or internal system error");
        }
        if (request.getType() == OperatePrivilegeType.Grant) {
            rbac.grants().add(grant);
        } else {
            rbac.grants().remove(grant);
        }
        return Answers.OK;
    }

    private SelectGrantResponse select(SelectGrantRequest request) {
        String role = request.getEntity().getRole().getName();
        return SelectGrantResponse.newBuilder()
                .setStatus(Answers.OK)
                .addAllEntities(rbac.grants().stream()
                        .filter(grant ->
                                role.isEmpty() || grant.getRole().getName().equals(role))
                        .toList())
                .build();
    }

    private Status createGroup(CreatePrivilegeGroupRequest request) {
        PrivilegeGroupInfo made = PrivilegeGroupInfo.newBuilder()
                .setGroupName(request.getGroupName())
                .build();
        if (rbac.groups().putIfAbsent(request.getGroupName(), made) != null) {
            throw Refusal.invalid("privilege group name [" + request.getGroupName() + "] is defined by users");
        }
        return Answers.OK;
    }

    private Status operateGroup(OperatePrivilegeGroupRequest request) {
        PrivilegeGroupInfo group = rbac.groups().get(request.getGroupName());
        if (group == null) {
            throw Refusal.invalid("there is no privilege group name [" + request.getGroupName() + "] to operate");
        }
        Set<PrivilegeEntity> privileges = new LinkedHashSet<>(group.getPrivilegesList());
        if (request.getType() == OperatePrivilegeGroupType.AddPrivilegesToGroup) {
            privileges.addAll(request.getPrivilegesList());
        } else {
            request.getPrivilegesList().forEach(privileges::remove);
        }
        rbac.groups()
                .put(
                        request.getGroupName(),
                        group.toBuilder()
                                .clearPrivileges()
                                .addAllPrivileges(privileges)
                                .build());
        return Answers.OK;
    }

    /** Without root and the roles of every server. */
    private BackupRBACMetaResponse backup() {
        RBACMeta.Builder meta = RBACMeta.newBuilder().addAllGrants(rbac.grants());
        for (Rbac.User user : rbac.users()) {
            if (!user.name().equals(Rbac.ROOT)) {
                meta.addUsers(UserInfo.newBuilder()
                        .setUser(user.name())
                        .setPassword(user.passwordHash())
                        .addAllRoles(roles(user.roles())));
            }
        }
        meta.addAllRoles(roles(rbac.roles().stream()
                .filter(role -> !FIXED_ROLES.contains(role))
                .toList()));
        if (release.privilegeGroups()) {
            meta.addAllPrivilegeGroups(rbac.groups().values());
        }
        return BackupRBACMetaResponse.newBuilder()
                .setStatus(Answers.OK)
                .setRBACMeta(meta)
                .build();
    }

    private static List<RoleEntity> roles(Iterable<String> names) {
        List<RoleEntity> roles = new ArrayList<>();
        names.forEach(name -> roles.add(RoleEntity.newBuilder().setName(name).build()));
        return roles;
    }

    /** All or nothing: anything that is there already is refused. */
    private Status restore(RestoreRBACMetaRequest request) {
        RBACMeta meta = request.getRBACMeta();
        for (RoleEntity role : meta.getRolesList()) {
            refuseWhere(rbac.roles().contains(role.getName()), "role [name:\"" + role.getName() + "\"] already exists");
        }
        for (PrivilegeGroupInfo group : meta.getPrivilegeGroupsList()) {
            refuseWhere(
                    rbac.groups().containsKey(group.getGroupName()),
                    "privilege group [" + group.getGroupName() + "] already exists");
        }
        for (UserInfo user : meta.getUsersList()) {
            refuseWhere(rbac.user(user.getUser()).isPresent(), "user [" + user.getUser() + "] already exists");
        }
        meta.getRolesList().forEach(role -> rbac.roles().add(role.getName()));
        meta.getPrivilegeGroupsList().forEach(group -> rbac.groups().put(group.getGroupName(), group));
        rbac.grants().addAll(meta.getGrantsList());
        for (UserInfo user : meta.getUsersList()) {
            rbac.addUser(user.getUser(), user.getPassword());
            rbac.user(user.getUser()).ifPresent(made -> user.getRolesList()
                    .forEach(role -> made.roles().add(role.getName())));
        }
        return Answers.OK;
    }

    private static void refuseWhere(boolean there, String reason) {
        if (there) {
            throw Refusal.unexpected("fail to restore rbac: " + reason);
        }
    }
}
