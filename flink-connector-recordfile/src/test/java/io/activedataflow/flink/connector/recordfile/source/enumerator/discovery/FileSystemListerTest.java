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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import io.activedataflow.flink.connector.recordfile.source.RecordFileCompleteness;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelectionBuilder;
import io.activedataflow.flink.connector.recordfile.testing.FileFaults;

import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is found in real directories, by the connector's own lister and by Flink's. */
@Timeout(60)
class FileSystemListerTest {

    @TempDir private Path directory;

    private RecordFileCompleteness completeness = RecordFileCompleteness.atOnce();

    @BeforeEach
    void files() throws IOException {
        for (String name :
                List.of(
                        "a.csv",
                        "b.json",
                        "c.csv.tmp",
                        ".hidden.csv",
                        "x/d.csv",
                        "x/y/e.csv",
                        "_temporary/f.csv",
                        "z/g.csv")) {
            write(name, name);
        }
    }

    private void write(String name, String content) throws IOException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private RecordFileSelectionBuilder selection(String... patterns) {
        RecordFileSelectionBuilder builder = RecordFileSelection.builder();
        for (String pattern : patterns) {
            builder.addRoots(directory + pattern);
        }
        return builder;
    }

    private List<String> found(RecordFileSelectionBuilder selection) throws IOException {
        FileLister own = new FileSystemLister(selection.build(), completeness);
        return own.list().files().stream()
                .filter(ListedFile::marked)
                .map(file -> directory.relativize(Path.of(file.path().getPath())).toString())
                .sorted()
                .toList();
    }

    @Test
    void findsTheFilesOfADirectory() throws IOException {
        assertThat(found(selection("")))
                .containsExactly("a.csv", "b.json", "x/d.csv", "x/y/e.csv", "z/g.csv");
        assertThat(found(selection("").setRecursive(false))).containsExactly("a.csv", "b.json");
        assertThat(found(selection("").setIncludeHidden(true).setIgnoredSuffixes())).hasSize(8);
    }

    /** P13: to Flink's source a pattern is a path that does not exist. */
    @Test
    void findsTheFilesOfPatterns() throws IOException {
        assertThat(found(selection("/*.csv"))).containsExactly("a.csv");
        assertThat(found(selection("/**/*.csv")))
                .containsExactly("a.csv", "x/d.csv", "x/y/e.csv", "z/g.csv");
        assertThat(found(selection("/{x,z}/*.csv"))).containsExactly("x/d.csv", "z/g.csv");
        assertThat(found(selection("/*/y/*"))).containsExactly("x/y/e.csv");
        assertThat(found(selection("/nothing-*"))).isEmpty();
    }

    @Test
    void findsEachFileOnce() throws IOException {
        assertThat(found(selection("/x", "", "/**/*.csv", "/x/d.csv"))).hasSize(5);
    }

    @Test
    void aFileThatIsGivenItselfIsFoundWhateverItsName() throws IOException {
        assertThat(found(selection("/.hidden.csv", "/c.csv.tmp")))
                .containsExactly(".hidden.csv", "c.csv.tmp");
    }

    @Test
    void knowsSizeAndTime() throws IOException {
        ListedFile file =
                new FileSystemLister(selection("/a.csv").build(), completeness)
                        .list()
                        .files()
                        .get(0);

        assertThat(file.size()).isEqualTo(5);
        assertThat(file.modificationTime())
                .isEqualTo(Files.getLastModifiedTime(directory.resolve("a.csv")).toMillis());
    }

    /** The local file system asks for the time last, and says 0 if the file has gone by then. */
    @Test
    void aFileThatVanishesWhileItIsListedIsNotThere() throws IOException {
        try (FileFaults faults = FileFaults.create()) {
            Path vanished = directory.resolve("x/d.csv");
            faults.modificationTime(vanished, 0).vanish(vanished);
            faults.modificationTime(directory.resolve("x/y/e.csv"), 0);
            RecordFileSelection all = RecordFileSelection.of(faults.path(directory));

            assertThat(new FileSystemLister(all, completeness).list().files())
                    .extracting(file -> file.path().getName())
                    .containsExactlyInAnyOrder("a.csv", "b.json", "e.csv", "g.csv");
        }
    }

    @Test
    void doneMarkersAreLookedForAndNotRead() throws IOException {
        write("a.csv.done", "");
        write("x/y/e.csv.done", "");
        completeness = completeness.withMarkerSuffix(".done");
        assertThat(found(selection(""))).containsExactly("a.csv", "x/y/e.csv");
        assertThat(found(selection("/a.csv", "/b.json"))).containsExactly("a.csv");

        write("x/_SUCCESS", "");
        completeness = RecordFileCompleteness.atOnce().withDirectoryMarker("_SUCCESS");
        assertThat(found(selection(""))).containsExactly("x/d.csv");
        assertThat(found(selection("/x/d.csv", "/a.csv"))).containsExactly("x/d.csv");
    }

    /** P12: Flink's source fails at the start if a directory is not there yet. */
    @Test
    void aMissingDirectoryIsWaitedForIfItIsSaidSo() throws IOException {
        FileLister waiting =
                new FileSystemLister(
                        selection("/later").setWaitForMissingRoots(true).build(), completeness);
        assertThat(waiting.list().missingRoots()).singleElement().asString().endsWith("/later");

        write("later/a.csv", "");

        assertThat(waiting.list().files()).hasSize(1);
        assertThat(waiting.list().missingRoots()).isEmpty();
    }

    @Test
    void aMissingDirectoryIsAnErrorOtherwise() {
        for (String root : List.of("/later", "/later/*.csv")) {
            assertThatThrownBy(
                            () ->
                                    new FileSystemLister(selection(root).build(), completeness)
                                            .list())
                    .isInstanceOf(UnusableRootException.class)
                    .hasMessageContaining(directory + "/later")
                    .hasMessageContaining("setWaitForMissingRoots");
        }
    }

    @Test
    void aSchemeThatNobodyKnowsIsAnError() {
        RecordFileSelection unknown = RecordFileSelection.of("nope://me:pw@host/x");

        assertThatThrownBy(() -> new FileSystemLister(unknown, completeness).list())
                .isInstanceOf(UnusableRootException.class)
                .hasMessageContaining("nope://***@host/x");
    }

    /** P14: {@code x.csv.tmp} that is renamed to {@code x.csv} is read twice by Flink's source. */
    @Test
    void aTemporaryFileThatGetsItsNameIsReadOnce() throws IOException {
        FileDiscovery discovery =
                FileDiscovery.create(
                        FileDiscoverySettings.of(selection("/x").build()),
                        null,
                        DiscoveryState.EMPTY);
        write("x/new.csv.tmp", "half");
        discovery.apply(discovery.list(), System.currentTimeMillis());
        Files.move(directory.resolve("x/new.csv.tmp"), directory.resolve("x/new.csv"));

        DiscoveryRound round = discovery.apply(discovery.list(), System.currentTimeMillis());

        assertThat(Ledgers.read(round)).containsExactly("new.csv");
        assertThat(discovery.apply(discovery.list(), System.currentTimeMillis()).toRead())
                .isEmpty();
    }

    @Test
    void contentIsFoundAgainUnderAnotherName() throws IOException {
        FileLister lister =
                new ContentLister(
                        new FileSystemLister(
                                selection("/x").setRecursive(false).build(), completeness));
        long before = lister.list().files().get(0).content();
        Files.move(directory.resolve("x/d.csv"), directory.resolve("x/renamed.csv"));

        ListedFile renamed = lister.list().files().get(0);
        assertThat(renamed.content()).isEqualTo(before);
        assertThat(renamed.identity().headLength()).isEqualTo(7);

        write("x/renamed.csv", "x/D.csv, and more");
        assertThat(lister.list().files().get(0).content()).isNotEqualTo(before);
    }

    @Test
    void anEnumeratorOfFlinkLists() throws IOException {
        PluginLister lister =
                new PluginLister(
                        selection("/**/*.csv").build(),
                        completeness,
                        NonSplittingRecursiveEnumerator::new,
                        2);

        assertThat(lister.list().files())
                .extracting(file -> file.path().getName())
                .containsExactlyInAnyOrder("a.csv", "d.csv", "e.csv", "g.csv");
        assertThat(lister.list().files())
                .allSatisfy(
                        file -> {
                            assertThat(file.ranges()).isEmpty();
                            assertThat(file.modificationTime()).isPositive();
                        });
    }

    /** P1: of a new file with two splits, Flink's source keeps the first only. */
    @Test
    void allRangesOfAnEnumeratorOfFlinkAreKept() throws IOException {
        PluginLister lister =
                new PluginLister(
                        selection("/a.csv").build(),
                        completeness,
                        () ->
                                (paths, splits) ->
                                        List.of(
                                                split("1", paths[0], 0, 3),
                                                split("2", paths[0], 3, 2)),
                        2);

        ListedFile file = lister.list().files().get(0);

        assertThat(file.size()).isEqualTo(5);
        assertThat(file.ranges())
                .containsExactly(
                        new FileRange(0, 3, List.of("host")), new FileRange(3, 2, List.of("host")));
    }

    private static FileSourceSplit split(
            String id, org.apache.flink.core.fs.Path path, long offset, long length) {
        return new FileSourceSplit(id, path, offset, length, 0, 0, new String[] {"host"});
    }
}
