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

package io.activedataflow.flink.connector.recordfile.source;

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;

import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** Which paths are selected by their names. */
@Timeout(60)
class SelectedPathsTest {

    private static boolean selects(String root, String path) {
        return RecordFileSelection.of(root).selects(new Path(path));
    }

    @ParameterizedTest
    @CsvSource({
        "/data, /data/a",
        "/data, file:/data/a",
        "/data, file:///data/x/a",
        "file:///data, /data/a",
        "file:/data/, file:///data/a",
        "/data/in/../, file:/data/a",
        "/, file:/a",
        "/data/a, file:/data/a",
        "hdfs:///data, hdfs://node:9000/data/a",
        "hdfs://node:9000/data, hdfs:/data/a",
        "hdfs://NODE/data, hdfs://node/data/a",
        "s3://bucket, s3://bucket/a",
        "s3://bucket/, s3://bucket/x/a",
        "s3://key:secret@bucket/x, s3://key:secret@bucket/x/a",
        "'/with space/100%', 'file:/with space/100%/a'",
        "data/in, file:/home/job/data/in/a",
        "in, /in/a",
        "., file:/home/job/a",
        "*.csv, file:/home/job/a.csv",
        "in/*.csv, file:/in/old/in/a.csv",
        "file:///data/*/a.csv, /data/x/a.csv",
        "/data/**/*.csv, file:/data/a.csv",
    })
    void rootsMayBeWrittenInOtherWays(String root, String path) {
        assertThat(selects(root, path)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/data, /data2/a",
        "/data, /dat",
        "/data/in, file:/data/a",
        "/data, hdfs://node/data/a",
        "hdfs://node/data, hdfs://other/data/a",
        "s3://bucket, s3://other/a",
        "data/in, file:/home/data/x/in/a",
        "/data/*.csv, /data/x/a.csv",
        "/data/*.csv, /data/a.json",
        "in/*.csv, file:/in/x/a.csv",
        "/data, /data/.a",
        "/data, /data/_x/a",
        "/data, /data/a.tmp",
    })
    void otherPathsAreNotSelected(String root, String path) {
        assertThat(selects(root, path)).isFalse();
    }

    @Test
    void regularExpressionsAndRecursionCount() {
        RecordFileSelection regex =
                RecordFileSelection.builder()
                        .addRegex(new Path("/data"), "(eu|us)/.*[.]csv")
                        .build();
        RecordFileSelection flat =
                RecordFileSelection.builder().addRoots("/data").setRecursive(false).build();

        assertThat(regex.selects(new Path("file:/data/eu/a.csv"))).isTrue();
        assertThat(regex.selects(new Path("file:/data/asia/a.csv"))).isFalse();
        assertThat(flat.selects(new Path("file:/data/a"))).isTrue();
        assertThat(flat.selects(new Path("file:/data/x/a"))).isFalse();
    }

    /** What a file system calls its files is selected by whatever they were listed by. */
    @ParameterizedTest
    @ValueSource(strings = {"", "file:", "file://"})
    void filesAreSelectedUnderTheNameTheyAreListedBy(String scheme, @TempDir java.nio.file.Path dir)
            throws IOException {
        Files.writeString(Files.createDirectories(dir.resolve("100 %")).resolve("a"), "");
        Path root = new Path(scheme + dir + "/100 %");

        Path listed = FileSystem.getLocalFileSystem().listStatus(root)[0].getPath();

        assertThat(RecordFileSelection.of(root).selects(listed)).isTrue();
    }

    @Test
    void sizeAndTimeCountAndAgeDoesNot() {
        RecordFileSelection selection =
                RecordFileSelection.builder()
                        .addRoots("/data")
                        .setMinimumSize(10)
                        .setModifiedFrom(Instant.ofEpochMilli(100))
                        .setMaximumAge(Duration.ZERO)
                        .build();
        Path path = new Path("/data/a");

        assertThat(selection.selects(path, RecordFileIdentity.ofListed(10, 100))).isTrue();
        assertThat(selection.selects(path, RecordFileIdentity.ofListed(9, 100))).isFalse();
        assertThat(selection.selects(path, RecordFileIdentity.ofListed(10, 99))).isFalse();
        assertThat(selection.selects(new Path("/x/a"), RecordFileIdentity.ofListed(10, 100)))
                .isFalse();
    }
}
