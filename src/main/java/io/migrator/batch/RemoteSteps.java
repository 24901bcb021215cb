package io.migrator.batch;

import java.util.Map;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.partition.StepExecutionSplitter;

/** Works the partitions of a step off in other processes, which share the job database. */
public interface RemoteSteps {
    /** What the run is asked and told while others work for it. */
    interface Course {
        /** Fails where this run may not go on; asked about once a second, and the others work no longer than that without. */
        void require();

        /** So much was done by all of them since the step began; what was begun twice counts twice. */
        void done(long objects, long bytes);

        /**
         * All have ended.
         *
         * @param transfer how the bytes went; empty where nobody copied any
         * @param refused how many objects were streamed because the server refused to copy them, by its reason
         */
        void ended(String transfer, Map<String, Long> refused);
    }

    /** Makes the partitions, in their order: they are begun in it. */
    StepExecutionSplitter splitter(String step, Partitioner partitioner);

    /** @param step its name; the partitions' begin with it, see {@link PartitionWork} */
    PartitionHandler handler(String step, Course course);
}
