package io.migrator.fake.imports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.ImportState;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.Status;
import java.util.Collection;

/** Imports as the calls of each kind show them (milvus-api.md 1.9, 1.10). */
final class JobAnswers {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JobAnswers() {}

    /** A task of Milvus 2.2 and 2.3. */
    static GetImportStateResponse task(ImportJob job, ImportJob.View view, boolean cleaned) {
        Work work = job.work();
        GetImportStateResponse.Builder answer = GetImportStateResponse.newBuilder()
                .setStatus(Status.getDefaultInstance())
                .setState(cleaned ? ImportState.ImportFailedAndCleaned : view.stage().grpcState)
                .setRowCount(view.imported())
                .setId(job.id())
                .setCollectionId(work.collection().id())
                .addAllSegmentIds(view.segments())
                .setCreateTs(job.created())
                .addInfos(pair("files", String.join(",", work.files().get(0))))
                .addInfos(pair("collection", work.collection().name()))
                .addInfos(pair("partition", work.partitionName()));
        work.options().given().forEach((key, value) -> answer.addInfos(pair(key, value)));
        return answer.addInfos(pair("failed_reason", view.reason()))
                .addInfos(pair("progress_percent", Integer.toString(view.progress())))
                .build();
    }

    /** A job of Milvus 2.4 on, asked for by the old call: most fields stay empty. */
    static GetImportStateResponse converted(long id, ImportJob.View view) {
        return GetImportStateResponse.newBuilder()
                .setStatus(Status.getDefaultInstance())
                .setState(view.stage().grpcState)
                .setRowCount(view.imported())
                .setId(id)
                .addInfos(pair("failed_reason", view.reason()))
                .addInfos(pair("progress_percent", Integer.toString(view.progress())))
                .build();
    }

    static ObjectNode progress(String id, ImportJob.View view, String collection, Work work) {
        ObjectNode data = record(id, view, collection);
        data.put("importedRows", view.imported()).put("totalRows", view.total());
        data.put("completeTime", view.finished().map(Object::toString).orElse(""))
                .put("fileSize", 0);
        ArrayNode details = data.putArray("details");
        work.files().forEach(paths -> details.addObject()
                .put("fileName", paths.toString())
                .put("fileSize", 0)
                .put("progress", view.progress())
                .put("state", view.stage().restName)
                .put("reason", view.reason()));
        return data;
    }

    /** What the server says of a job that it forgot or never had. */
    static ObjectNode absent(String id) {
        return JSON.objectNode()
                .put("jobId", id)
                .put("state", Stage.FAILED.restName)
                .put("progress", 0)
                .put("reason", absence(id));
    }

    static String absence(String id) {
        return "import job does not exist, jobID=" + id;
    }

    static ObjectNode records(Collection<ImportJob> jobs) {
        ObjectNode data = JSON.objectNode();
        ArrayNode records = data.putArray("records");
        jobs.forEach(job -> records.add(record(
                Long.toString(job.id()), job.view(), job.work().collection().name())));
        return data;
    }

    private static ObjectNode record(String id, ImportJob.View view, String collection) {
        ObjectNode record = JSON.objectNode()
                .put("jobId", id)
                .put("collectionName", collection)
                .put("state", view.stage().restName)
                .put("progress", view.progress());
        if (!view.reason().isEmpty()) {
            record.put("reason", view.reason());
        }
        return record;
    }

    private static KeyValuePair pair(String key, String value) {
        return KeyValuePair.newBuilder().setKey(key).setValue(value).build();
    }
}
