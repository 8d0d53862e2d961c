/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.e2e.benchmarks.files;

import org.apache.flink.api.connector.source.Source;
import org.apache.flink.core.fs.Path;

import java.util.function.Function;

/** Makes contestants. */
final class FileContestants {

    private FileContestants() {}

    static FileContestant create(FileRole role) throws Exception {
        return switch (role) {
            case SCAN -> new LineBreakCount();
            case TEXT -> job(role, RecordFileSources::text);
            case FLINK_TEXT -> job(role, FlinkSources::text);
            case POJO, POJO_REUSE, BIG, BIG_TWO -> job(role, RecordFileSources::csvPojo);
            case FLINK_POJO, FLINK_POJO_REUSE, FLINK_BIG_TWO -> job(role, FlinkSources::csvPojo);
            case ROW, ROW_REUSE -> job(role, path -> RecordFileSources.csvRow(path, false));
            case SQL_ROW, SQL_ROW_REUSE -> job(role, path -> FlinkSources.sqlCsv(path, false));
            case ROW_TIME -> job(role, path -> RecordFileSources.csvRow(path, true));
            case SQL_ROW_TIME -> job(role, path -> FlinkSources.sqlCsv(path, true));
            case JSON -> job(role, RecordFileSources::jsonRow);
            case SQL_JSON -> job(role, FlinkSources::sqlJson);
        };
    }

    private static FileContestant job(FileRole role, Function<Path, Source<?, ?, ?>> source)
            throws Exception {
        FileJob job = new FileJob(role.parallelism(), role.objectReuse());
        return new FileContestant() {
            @Override
            public long read(java.nio.file.Path directory) throws Exception {
                return job.run(source.apply(new Path(directory.toUri())));
            }

            @Override
            public void close() {
                job.close();
            }
        };
    }
}
