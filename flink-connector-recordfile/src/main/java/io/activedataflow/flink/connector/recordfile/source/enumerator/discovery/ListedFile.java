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

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import javax.annotation.Nullable;

import java.util.List;
import java.util.Objects;

/**
 * A file as one listing has found it. There may be millions of them at a time, so that the path,
 * which is many times as large as its text, is made when it is asked for. Immutable.
 */
@Internal
public final class ListedFile {

    private final String directory;
    private final String name;
    private final @Nullable Path otherPath;
    private final PathHash hash;
    private final long size;
    private final long modificationTime;
    private final @Nullable RecordFileIdentity identityWithHead;
    private final long content;
    private final boolean marked;
    private final List<String> hosts;
    private final List<FileRange> ranges;

    private ListedFile(
            String directory,
            String name,
            @Nullable Path otherPath,
            PathHash hash,
            long size,
            long modificationTime,
            @Nullable RecordFileIdentity identityWithHead,
            long content,
            boolean marked,
            List<String> hosts,
            List<FileRange> ranges) {
        this.directory = directory;
        this.name = name;
        this.otherPath = otherPath;
        this.hash = hash;
        this.size = size;
        this.modificationTime = modificationTime;
        this.identityWithHead = identityWithHead;
        this.content = content;
        this.marked = marked;
        this.hosts = List.copyOf(hosts);
        this.ranges = List.copyOf(ranges);
    }

    /** A file of which no more is known than any listing tells. */
    public static ListedFile of(Path path, long size, long modificationTime) {
        String text = path.toString();
        int nameBegins = text.lastIndexOf('/') + 1;
        return new ListedFile(
                text.substring(0, nameBegins),
                text.substring(nameBegins),
                path.equals(new Path(text)) ? null : path,
                PathHash.of(text),
                size,
                modificationTime,
                null,
                0L,
                true,
                List.of(),
                List.of());
    }

    /** The same, found after another, with which it shares what both have in common. */
    ListedFile after(@Nullable ListedFile other) {
        return other == null || !other.directory.equals(directory)
                ? this
                : new ListedFile(
                        other.directory,
                        name,
                        otherPath,
                        hash,
                        size,
                        modificationTime,
                        identityWithHead,
                        content,
                        marked,
                        hosts,
                        ranges);
    }

    /**
     * @param isMarked whether the done markers are there, or none are needed
     * @param newHosts that hold the file, if the file system says so for free
     * @param newRanges that an enumerator of Flink has cut the file into; none: one split, or
     *     whatever the format allows
     */
    ListedFile with(boolean isMarked, List<String> newHosts, List<FileRange> newRanges) {
        return new ListedFile(
                directory,
                name,
                otherPath,
                hash,
                size,
                modificationTime,
                identityWithHead,
                content,
                isMarked,
                newHosts,
                newRanges);
    }

    /**
     * @param identity size and modification time, with the head
     * @param newContent 64 bits of a hash of the content's size, beginning and end
     */
    ListedFile withContent(RecordFileIdentity identity, long newContent) {
        return new ListedFile(
                directory,
                name,
                otherPath,
                hash,
                identity.size(),
                identity.modificationTime(),
                identity,
                newContent,
                marked,
                hosts,
                ranges);
    }

    public Path path() {
        return otherPath != null ? otherPath : new Path(pathText());
    }

    public String pathText() {
        return directory.concat(name);
    }

    /** The directory of the file, with a slash at its end. */
    String directory() {
        return directory;
    }

    /** The hash of the path. */
    PathHash hash() {
        return hash;
    }

    /** Size and modification time, with the head if content identity is on. */
    public RecordFileIdentity identity() {
        return identityWithHead != null
                ? identityWithHead
                : RecordFileIdentity.ofListed(size, modificationTime);
    }

    /** See {@link #withContent}; 0 if content identity is off. */
    long content() {
        return content;
    }

    /** 64 bits that stand for what the file contains, as far as is known. */
    public long contentHash() {
        long known = content != 0L ? content : PathHash.mixed(size, modificationTime);
        // Zero means that nothing is known.
        return known != 0L ? known : 1L;
    }

    boolean marked() {
        return marked;
    }

    public List<String> hosts() {
        return hosts;
    }

    public List<FileRange> ranges() {
        return ranges;
    }

    public long size() {
        return size;
    }

    public long modificationTime() {
        return modificationTime;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ListedFile file
                && hash.equals(file.hash)
                && identity().equals(file.identity())
                && content == file.content
                && marked == file.marked
                && hosts.equals(file.hosts)
                && ranges.equals(file.ranges);
    }

    @Override
    public int hashCode() {
        return Objects.hash(hash, size, modificationTime);
    }

    @Override
    public String toString() {
        return pathText() + " of " + size + " bytes, modified at " + modificationTime;
    }
}
