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

import java.util.List;

/**
 * A file as one listing has found it.
 *
 * @param hash of the path
 * @param identity size and modification time, with the head if content identity is on
 * @param content 64 bits of a hash of the content's size, beginning and end; 0 if content identity
 *     is off
 * @param marked whether the done markers are there, or none are needed
 * @param hosts that hold the file, if the file system says so for free
 * @param ranges that an enumerator of Flink has cut the file into; none: one split, or whatever the
 *     format allows
 */
@Internal
public record ListedFile(
        Path path,
        PathHash hash,
        RecordFileIdentity identity,
        long content,
        boolean marked,
        List<String> hosts,
        List<FileRange> ranges) {

    public ListedFile {
        hosts = List.copyOf(hosts);
        ranges = List.copyOf(ranges);
    }

    /** A file of which no more is known than any listing tells. */
    public static ListedFile of(Path path, long size, long modificationTime) {
        return new ListedFile(
                path,
                PathHash.of(path.toString()),
                RecordFileIdentity.ofListed(size, modificationTime),
                0L,
                true,
                List.of(),
                List.of());
    }

    ListedFile with(boolean isMarked, List<String> newHosts, List<FileRange> newRanges) {
        return new ListedFile(path, hash, identity, content, isMarked, newHosts, newRanges);
    }

    ListedFile withContent(RecordFileIdentity newIdentity, long newContent) {
        return new ListedFile(path, hash, newIdentity, newContent, marked, hosts, ranges);
    }

    /** 64 bits that stand for what the file contains, as far as is known. */
    public long contentHash() {
        long hash = content != 0L ? content : PathHash.mixed(size(), modificationTime());
        // Zero means that nothing is known.
        return hash != 0L ? hash : 1L;
    }

    public long size() {
        return identity.size();
    }

    public long modificationTime() {
        return identity.modificationTime();
    }
}
