package io.tubelet.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tubelet.report.DataSetReport;
import io.tubelet.report.DataSetSummary;
import io.tubelet.video.EncodeOptions;
import io.tubelet.video.StoredVideo;
import io.tubelet.video.VideoWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataStatisticsTest {
  private final Path folder;

  DataStatisticsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void stored_writtenVideo_isDescribedWithoutDecoding() throws Exception {
    Path file = folder.resolve("a.mp4");
    VideoWriter.save(file, TestVideos.frames(30, 48, 64, 1), new EncodeOptions(10, 22, 7));
    StoredVideo stored = StoredVideo.of(file);
    assertThat(stored.packets()).isEqualTo(30);
    assertThat(stored.seconds()).isCloseTo(3, within(0.01));
    assertThat(stored.fps()).isCloseTo(10, within(0.01));
    assertThat(stored.keyFrames()).isEqualTo(5);
    assertThat(stored.longestGop()).isEqualTo(7);
    assertThat(stored.height()).isEqualTo(48);
    assertThat(stored.width()).isEqualTo(64);
    assertThat(stored.codec()).isEqualTo("h264");
    assertThat(stored.container()).isEqualTo("mov");
    assertThat(stored.bytes()).isBetween(1L, Files.size(file));
  }

  @Test
  void stored_folderOfPictures_isAVideoOfKeyFrames() throws Exception {
    TestVideos.writeFolder(folder.resolve("film"), 6, 32, 48, 1);
    StoredVideo stored = StoredVideo.of(folder.resolve("film"));
    assertThat(stored.container()).isEqualTo("folder");
    assertThat(stored.codec()).isEqualTo("png");
    assertThat(stored.packets()).isEqualTo(6);
    assertThat(stored.keyFrames()).isEqualTo(6);
    assertThat(stored.longestGop()).isEqualTo(1);
    assertThat(stored.width()).isEqualTo(48);
  }

  @Test
  void statistics_listWithABrokenVideo_areWrittenAsPageAndNumbers() throws Exception {
    TestVideos.write(folder.resolve("v/a.mp4"), 30, 48, 64, 1);
    TestVideos.write(folder.resolve("v/b.mp4"), 10, 32, 32, 2);
    Files.writeString(folder.resolve("v/<text>.mp4"), "no video");
    DataSetSummary summary =
        StatisticsSummary.of(
            "list", DataStatistics.of(TestVideos.read(folder.resolve("v")), TestVideos.workers(2)));
    DataSetReport.write(summary, folder);

    JsonNode json = new ObjectMapper().readTree(folder.resolve("statistics.json").toFile());
    assertThat(json.path("read").asInt()).isEqualTo(2);
    assertThat(json.path("broken").path("<text>.mp4").asText()).contains("not a video");
    assertThat(json.path("distributions").path("frames").path("largest").asInt()).isEqualTo(30);
    assertThat(json.path("kinds").path("Codecs").path("h264").asInt()).isEqualTo(2);
    assertThat(folder.resolve("statistics.html"))
        .content()
        .contains("<svg", "class=\"bar\"", "&lt;text&gt;.mp4", "32 x 32")
        .doesNotContain("NaN", "<text>");
  }

  @Test
  void statistics_nothingReadable_stillMakeAPage() throws Exception {
    List<ListedVideo> gone = List.of(new ListedVideo("gone.mp4", null, 1));
    DataSetSummary summary =
        StatisticsSummary.of("list", DataStatistics.of(gone, TestVideos.workers(1)));
    DataSetReport.write(summary, folder);
    assertThat(folder.resolve("statistics.html")).content().contains("gone.mp4", "no such file");
  }
}
